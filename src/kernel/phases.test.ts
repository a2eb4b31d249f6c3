import { describe, expect, it } from 'vitest'
import { setup, transition } from 'xstate'
import { Table } from './columns'
import { Phases } from './phases'

const parcel = setup({ types: { events: {} as { type: 'load' } | { type: 'lose' } } }).createMachine({
  initial: 'packed',
  id: 'parcel',
  states: {
    packed: { on: { load: 'sent', lose: 'lost' } },
    sent: { on: { lose: 'lost' } },
    lost: { type: 'final' },
  },
})

describe('phases', () => {
  it('follow XState for every state and event', () => {
    const table = new Table()
    const phases = new Phases(table, parcel)
    const entity = table.add()
    for (const value of ['packed', 'sent', 'lost'] as const)
      for (const type of ['load', 'lose'] as const) {
        phases.state.data[entity] = phases.code(value)
        phases.send(entity, phases.event(type))
        const [after] = transition(parcel, parcel.resolveState({ value }), { type })
        expect(phases.state.data[entity]).toBe(phases.code(after.value as string))
      }
  })

  it('begin in the initial state, whatever the last entity with the id did', () => {
    const table = new Table()
    const phases = new Phases(table, parcel)
    const entity = table.add()
    phases.start(entity)
    phases.send(entity, phases.event('lose'))
    phases.start(entity)
    expect(phases.state.data[entity]).toBe(phases.code('packed'))
  })

  it('refuse unknown names and richer charts', () => {
    const phases = new Phases(new Table(), parcel)
    expect(() => phases.event('eat')).toThrow('parcel has no event "eat"')
    expect(() => phases.code('eaten')).toThrow('parcel has no state "eaten"')
    const timed = setup({ delays: { SOON: 1 } }).createMachine({
      id: 'timed',
      initial: 'a',
      states: { a: { after: { SOON: 'b' } }, b: {} },
    })
    expect(() => new Phases(new Table(), timed)).toThrow('it needs a Lifecycle')
  })
})
