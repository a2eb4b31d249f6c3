import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { setup, type AnyStateMachine } from 'xstate'
import { requestMachine } from '../engine/request.machine'
import { SERVICES } from '../services'
import { tableOf } from './lifecycle'
import { runCompiled, runInterpreted, type Step, type World } from './testing/equivalence'

/** Nesting, `always`, reentry and internal transitions, in case no service uses one of them. */
const everything = setup({
  types: { events: {} as { type: 'go' | 'in' | 'out' | 'again' } },
  guards: { g: () => false, h: () => false },
  actions: { a: () => {}, b: () => {}, c: () => {}, d: () => {}, e: () => {} },
  delays: { D: 0, E: 0 },
}).createMachine({
  id: 'everything',
  initial: 'outer',
  states: {
    outer: {
      entry: 'a',
      exit: 'b',
      initial: 'one',
      after: { D: { target: 'end', actions: 'c' } },
      on: { out: 'rest', again: { target: 'outer', reenter: true }, in: { target: 'outer.two', actions: ['d', 'c'] } },
      states: {
        one: {
          entry: ['c', 'd'],
          after: { E: [{ guard: 'g', target: 'two' }, { actions: 'e' }] },
          on: {
            go: [
              { guard: 'h', target: 'two' },
              { guard: 'g', actions: 'e' },
            ],
          },
        },
        two: {
          exit: 'e',
          on: { go: { guard: 'g', target: 'three' } },
          initial: 'deep',
          states: { deep: { after: { E: 'deeper' } }, deeper: { entry: 'b' } },
        },
        three: { always: [{ guard: 'h', target: 'one', actions: 'd' }, { target: '#everything.rest' }] },
      },
    },
    rest: { after: { D: 'outer', E: 'end' }, on: { go: 'outer.two', in: { guard: 'h', target: 'end' } } },
    end: { type: 'final', entry: 'e' },
  },
})

const machines: [string, AnyStateMachine][] = [
  ['everything', everything],
  ['engine request', requestMachine],
  ...SERVICES.flatMap((service) =>
    Object.entries(service.machines).map(([name, machine]): [string, AnyStateMachine] => [
      `${service.id} ${name}`,
      machine,
    ]),
  ),
]

/** Guards and delays as a hash of name and time: arbitrary, but the same for both sides. */
function world(seed: number): World {
  const hash = (name: string, now: number): number => {
    let h = seed ^ Math.imul(now + 1, 0x9e3779b1)
    for (let i = 0; i < name.length; i++) h = Math.imul(h ^ name.charCodeAt(i), 0x01000193)
    return (h ^ (h >>> 15)) >>> 3
  }
  return {
    guard: (name, now) => hash(name, now) % 2 === 0,
    delay: (name, now) => (hash(name, now) % 6 === 0 ? Infinity : 1 + (hash(name, now) % 30)),
  }
}

describe('the compiled table and the XState actor', () => {
  it.each(machines)('%s: same states, actions and timers for any events, guards and delays', (_, machine) => {
    const events = tableOf(machine).events.filter((event) => !event.startsWith('xstate.'))
    const step: fc.Arbitrary<Step> = fc.record({ wait: fc.nat(12), event: fc.constantFrom(...events, ...events, null) })
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 40 }), fc.integer(), (steps, seed) => {
        expect(runCompiled(machine, steps, world(seed))).toEqual(runInterpreted(machine, steps, world(seed)))
      }),
      { numRuns: 150 },
    )
  })
})
