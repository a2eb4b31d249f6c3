import { describe, expect, it } from 'vitest'
import { setup } from 'xstate'
import { Table } from './columns'
import { Kernel } from './kernel'
import { Lifecycle } from './lifecycle'

const machine = setup({
  types: { events: {} as { type: 'go' | 'back' | 'again' | 'poke' } },
  guards: { open: () => false, late: () => false },
  actions: { enter: () => {}, leave: () => {}, pass: () => {}, note: () => {} },
  delays: { SHORT: 0, LONG: 0 },
}).createMachine({
  id: 'door',
  initial: 'idle',
  states: {
    idle: {
      exit: 'leave',
      on: {
        go: [
          { guard: 'open', target: 'busy', actions: 'pass' },
          { guard: 'late', target: 'gone' },
        ],
        poke: { actions: 'note' },
      },
    },
    busy: {
      entry: 'enter',
      on: { back: 'idle', again: { target: 'busy', reenter: true } },
      after: { SHORT: 'idle', LONG: 'gone' },
    },
    gone: { type: 'final' },
  },
})

interface Bench {
  readonly kernel: Kernel
  readonly entities: Table
  readonly life: Lifecycle
  readonly log: string[]
  readonly settings: { open: boolean; late: boolean; short: number; long: number }
}

function bench(): Bench {
  const kernel = new Kernel(1, 60)
  const entities = kernel.part(new Table(1))
  const log: string[] = []
  const settings = { open: true, late: false, short: 100, long: Infinity }
  const say = (what: string) => (entity: number) => void log.push(`${what} ${entity} @${kernel.now}`)
  const life: Lifecycle = new Lifecycle(
    kernel,
    entities,
    machine,
    {
      guards: { open: () => settings.open, late: () => settings.late },
      actions: { enter: say('enter'), leave: say('leave'), pass: say('pass'), note: say('note') },
      delays: { SHORT: () => settings.short, LONG: () => settings.long },
    },
    (entity, state) => void log.push(`${life.table.states[state]} ${entity} @${kernel.now}`),
  )
  return { kernel, entities, life, log, settings }
}

describe('Lifecycle', () => {
  it('tells the state first, then runs actions in the order of the chart', () => {
    const { entities, life, log } = bench()
    const e = entities.add()
    life.start(e)
    expect(life.send(e, life.event('go'))).toBe(true)
    expect(log).toEqual(['idle 0 @0', 'busy 0 @0', 'leave 0 @0', 'pass 0 @0', 'enter 0 @0'])
  })

  it('asks guards in order and stays when none holds; targetless transitions run their actions', () => {
    const { entities, life, log, settings } = bench()
    const e = entities.add()
    life.start(e)
    settings.open = false
    expect(life.send(e, life.event('go'))).toBe(false)
    expect(life.send(e, life.event('back'))).toBe(false)
    expect(life.send(e, life.event('poke'))).toBe(false)
    expect(log).toEqual(['idle 0 @0', 'note 0 @0'])
    settings.late = true
    expect(life.send(e, life.event('go'))).toBe(true)
    expect(life.state.data[e]).toBe(life.code('gone'))
  })

  it('fires the first timer and cancels those of a state that is left', () => {
    const { kernel, entities, life, log, settings } = bench()
    settings.long = 150
    const e = entities.add()
    life.start(e)
    life.send(e, life.event('go'))
    kernel.advance(1_000, 10)
    expect(log.at(-1)).toBe('idle 0 @100')
    expect(kernel.events).toBe(1)
    settings.short = 200
    life.send(e, life.event('go'))
    kernel.advance(1_000, 10)
    expect([life.state.data[e], kernel.now]).toEqual([life.code('gone'), 250])
  })

  it('starts a timer again, sooner or later, when a state is entered again', () => {
    const { kernel, entities, life, log, settings } = bench()
    const e = entities.add()
    life.start(e)
    life.send(e, life.event('go'))
    settings.short = 500
    expect(life.send(e, life.event('again'))).toBe(false)
    kernel.advance(400, 10)
    expect(kernel.events).toBe(0)
    settings.short = 40
    life.send(e, life.event('again'))
    kernel.advance(1_000, 10)
    expect(log.filter((it) => it.startsWith('idle'))).toEqual(['idle 0 @0', 'idle 0 @40'])
  })

  it('arms nothing for an infinite delay', () => {
    const { kernel, entities, life, settings } = bench()
    settings.short = Infinity
    const e = entities.add()
    life.start(e)
    life.send(e, life.event('go'))
    expect(kernel.agenda.next).toBe(Infinity)
  })

  it('keeps no timer of an entity whose id is used again', () => {
    const { kernel, entities, life, log } = bench()
    const e = entities.add()
    life.start(e)
    life.send(e, life.event('go'))
    life.send(e, life.event('back'))
    entities.remove(e)
    expect(entities.add()).toBe(e)
    life.start(e)
    kernel.advance(1_000, 10)
    expect([kernel.events, life.state.data[e]]).toEqual([0, life.code('idle')])
    life.send(e, life.event('go'))
    expect(kernel.agenda.size).toBe(1)
    kernel.advance(1_000, 10)
    expect(log.at(-1)).toBe('idle 0 @100')
  })

  it('gives a timer the cause and trace of the moment it was armed', () => {
    const { kernel, entities, life } = bench()
    const e = entities.add()
    life.start(e)
    for (const [cause, trace] of [
      [3, 4],
      [5, 6],
    ] as const) {
      Object.assign(kernel.recorder, { cause, trace })
      life.send(e, life.event('go'))
      Object.assign(kernel.recorder, { cause: 8, trace: 9 })
      kernel.advance(kernel.now + 1_000, 10)
      expect([kernel.recorder.cause, kernel.recorder.trace]).toEqual([cause, trace])
    }
  })

  it('goes on where it was saved', () => {
    const one = bench()
    const two = bench()
    const e = one.entities.add()
    one.life.start(e)
    one.life.send(e, one.life.event('go'))
    two.kernel.restore(one.kernel.keyframe())
    for (const { kernel, life } of [one, two]) {
      kernel.advance(1_000, 10)
      expect([kernel.now, life.state.data[e]]).toEqual([100, life.code('idle')])
    }
  })

  it('refuses what the implementation lacks, by name', () => {
    const kernel = new Kernel(1, 1)
    expect(() => new Lifecycle(kernel, new Table(), machine, { guards: { open: () => true } }, () => {})).toThrow(
      'door guard "late" is not implemented',
    )
    const { life } = bench()
    expect(() => life.event('fly')).toThrow('door has no event "fly"')
    expect(() => life.code('up')).toThrow('door has no state "up"')
  })
})
