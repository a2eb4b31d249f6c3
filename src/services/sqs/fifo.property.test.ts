/** A FIFO queue against a model that is a list of messages per group, under any calls in any order (SQS-4, SQS-5). */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ITEM } from '../parcel'
import { hands, type Asked, type Hands } from './queue.fixture'

const VISIBILITY = 7
const WINDOW = 300

type Step =
  | { readonly kind: 'send'; readonly group: number; readonly id: number | null }
  | { readonly kind: 'receive'; readonly most: number }
  | { readonly kind: 'delete'; readonly which: number; readonly from: number }
  | { readonly kind: 'release'; readonly which: number; readonly from: number }
  | { readonly kind: 'wait'; readonly seconds: number }

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant('send' as const),
    group: fc.nat(2),
    id: fc.option(fc.integer({ min: 0, max: 3 }), { freq: 2 }),
  }),
  fc.record({ kind: fc.constant('receive' as const), most: fc.integer({ min: 1, max: 10 }) }),
  fc.record({ kind: fc.constant('delete' as const), which: fc.nat(1), from: fc.nat(2) }),
  fc.record({ kind: fc.constant('release' as const), which: fc.nat(1), from: fc.nat(2) }),
  fc.record({ kind: fc.constant('wait' as const), seconds: fc.integer({ min: 1, max: 5 }) }),
)

interface Message {
  readonly n: number
  receives: number
  /** Second at which it is visible again. */
  hiddenUntil: number
  dead: boolean
}

/** What a queue with this dead-letter limit should do. */
class Model {
  readonly groups: Message[][] = [[], [], []]
  readonly accepted = new Map<number, number>()
  readonly most: number
  now = 0
  constructor(most: number) {
    this.most = most
  }
  send(n: number, group: number, id: number | null): void {
    if (id !== null) {
      if ((this.accepted.get(id) ?? -Infinity) + WINDOW > this.now) return
      this.accepted.set(id, this.now)
    }
    this.groups[group]!.push({ n, receives: 0, hiddenUntil: 0, dead: false })
  }
  find(n: number): Message | undefined {
    return this.groups.flat().find((it) => it.n === n)
  }
}

function run(steps: readonly Step[], most: number): void {
  const queue: Hands = hands({
    Dead: { FifoQueue: true },
    Q: {
      FifoQueue: true,
      VisibilityTimeout: VISIBILITY,
      ReceiveMessageWaitTimeSeconds: 0,
      RedrivePolicy: { deadLetterTargetArn: 'Dead', maxReceiveCount: most },
    },
  })
  const model = new Model(most)
  const groupOf = new Map<number, number>()
  const receipts: { asked: Asked; counts: ReadonlyMap<number, number> }[] = []
  let n = 0
  // a microsecond after whatever is due in this second
  const settle = (): void => queue.until(model.now)
  for (const it of steps) {
    if (it.kind === 'send') {
      groupOf.set(++n, it.group)
      queue.send('Q', n, { group: `g${it.group}`, ...(it.id === null ? {} : { deduplication: `d${it.id}` }) })
      model.send(n, it.group, it.id)
    } else if (it.kind === 'receive') {
      const asked = queue.receive('Q', it.most)
      settle()
      const got = asked.got.map(Number)
      for (const [g, group] of model.groups.entries()) {
        const mine = got.filter((one) => groupOf.get(one) === g)
        // whoever was received as often as allowed is dead at this receive, if it was its turn
        const alive = group.filter(({ dead }) => !dead)
        let turn = 0
        while (turn < alive.length && alive[turn]!.hiddenUntil <= model.now && alive[turn]!.receives >= model.most)
          turn++
        const rest = alive.slice(turn)
        if (mine.length === 0) continue
        // the group was free, and what came is its beginning, in its order
        expect(rest[0]!.hiddenUntil, `group ${g} had one in flight`).toBeLessThanOrEqual(model.now)
        const fit = rest.filter(({ receives }) => receives < model.most).slice(0, mine.length)
        expect(mine).toEqual(fit.map((one) => one.n))
        for (const one of fit) expect(one.hiddenUntil, `${one.n} was in flight`).toBeLessThanOrEqual(model.now)
      }
      // what is not handed out although there was room had no turn
      if (got.length < it.most) {
        for (const group of model.groups) {
          const alive = group.filter(({ dead }) => !dead)
          const next = alive.find((one) => one.receives < model.most)
          const free =
            next !== undefined && alive.slice(0, alive.indexOf(next) + 1).every((one) => one.hiddenUntil <= model.now)
          if (free) expect(got).toContain(next.n)
        }
      }
      const stored = new Set(
        queue
          .contents()
          .filter(({ resource }) => resource === 'Q')
          .map(({ value }) => Number((value as { body: { n: number } }).body.n)),
      )
      for (const one of model.groups.flat()) {
        if (!one.dead && !stored.has(one.n)) {
          expect(one.receives, `${one.n} was given up too early`).toBe(model.most)
          one.dead = true
        }
      }
      for (const one of got) {
        const message = model.find(one)!
        message.receives++
        expect(message.receives).toBeLessThanOrEqual(model.most)
        message.hiddenUntil = model.now + VISIBILITY
      }
      if (got.length > 0) receipts.push({ asked, counts: new Map(got.map((one) => [one, model.find(one)!.receives])) })
    } else if (it.kind === 'delete' || it.kind === 'release') {
      const receipt = receipts[it.which]
      if (receipt === undefined) continue
      const from = it.from * ITEM
      const until = it.kind === 'delete' ? Infinity : from + ITEM
      const items = receipt.asked.items.slice(from, until)
      if (items.length === 0) continue
      const names = receipt.asked.got.slice(from / ITEM, until / ITEM).map(Number)
      const current = names.filter((one) => {
        const message = model.find(one)
        return (
          message !== undefined &&
          !message.dead &&
          message.hiddenUntil > model.now &&
          message.receives === receipt.counts.get(one)
        )
      })
      if (it.kind === 'release') {
        queue.hide('Q', items, 0)
        for (const one of current) model.find(one)!.hiddenUntil = model.now
      } else {
        queue.remove('Q', items)
        for (const group of model.groups)
          for (const one of current) {
            const at = group.findIndex((message) => message.n === one)
            if (at >= 0) group.splice(at, 1)
          }
      }
      settle()
    } else {
      model.now += it.seconds
      settle()
    }
  }
  const left = queue.contents().filter(({ resource }) => resource === 'Q')
  expect(left.map(({ value }) => Number((value as { body: { n: number } }).body.n)).toSorted((x, y) => x - y)).toEqual(
    model.groups
      .flat()
      .filter(({ dead }) => !dead)
      .map((one) => one.n)
      .toSorted((x, y) => x - y),
  )
}

test('any calls: order within a group, one batch of a group in flight, no repeat within five minutes, dead after the limit', () => {
  fc.assert(fc.property(fc.array(step, { minLength: 5, maxLength: 60 }), fc.integer({ min: 1, max: 3 }), run), {
    numRuns: 400,
  })
})
