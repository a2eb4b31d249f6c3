import { describe, expect, it } from 'vitest'
import { assign, createMachine, fromPromise, setup, type AnyStateMachine } from 'xstate'
import { compileChart } from './chart'
import { chartProblems } from './chart-check'

const plain = (states: object): AnyStateMachine => createMachine({ id: 'm', initial: 'a', states } as never)
const cases: [string, AnyStateMachine, RegExp][] = [
  ['context', createMachine({ id: 'm', context: { n: 1 }, initial: 'a', states: { a: {} } }), /^m: context/],
  ['invoke', plain({ a: { invoke: { src: fromPromise(() => Promise.resolve()) } } }), /^m\.a: invoke/],
  ['history', plain({ a: { initial: 'b', states: { b: {}, h: { type: 'history' } } } }), /^m\.a\.h: history/],
  ['parallel', plain({ a: { type: 'parallel', states: { b: {}, c: {} } } }), /^m\.a: parallel/],
  [
    'an inline guard',
    plain({ a: { on: { go: { guard: () => true, target: 'b' } } }, b: {} }),
    /^m\.a on go: guards must be names/,
  ],
  [
    'an inline action',
    plain({ a: { on: { go: { actions: () => {}, target: 'b' } } }, b: {} }),
    /^m\.a on go: actions must be names/,
  ],
  ['an inline entry action', plain({ a: { entry: assign({}) } }), /^m\.a entry: actions must be names/],
  ['an inline exit action', plain({ a: { exit: [() => {}] } }), /^m\.a exit: actions must be names/],
  ['an unnamed delay', plain({ a: { after: { 100: 'b' } }, b: {} }), /^m\.a: after "100" is not a named delay/],
  ['a wildcard', plain({ a: { on: { '*': 'b' } }, b: {} }), /^m\.a: wildcard event "\*"/],
]

describe('chartProblems', () => {
  it.each(cases)('refuses %s, naming the place', (_, machine, message) => {
    const problems = chartProblems(machine)
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(message)
    expect(() => compileChart(machine)).toThrow(problems[0]!)
  })

  it('lists every problem', () => {
    expect(chartProblems(plain({ a: { on: { '*': 'b' }, exit: () => {} }, b: { after: { 5: 'a' } } }))).toHaveLength(3)
  })

  it('accepts named guards, actions, delays, nesting and always', () => {
    const machine = setup({ guards: { g: () => false }, actions: { x: () => {} }, delays: { D: 0 } }).createMachine({
      id: 'm',
      initial: 'a',
      states: {
        a: {
          entry: 'x',
          initial: 'b',
          states: { b: { always: { guard: 'g', target: 'c' }, after: { D: 'c' } }, c: {} },
        },
      },
    })
    expect(chartProblems(machine)).toEqual([])
  })

  it('refuses an initial state that hangs on a guard', () => {
    const machine = setup({ guards: { g: () => false } }).createMachine({
      id: 'm',
      initial: 'a',
      states: { a: { always: { guard: 'g', target: 'b' } }, b: {} },
    })
    expect(() => compileChart(machine)).toThrow('m: the initial state may not depend on a guard')
  })
})
