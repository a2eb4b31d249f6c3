import type { Connection, Connector, Refusal } from '../../service'
import { defaultBus } from '../../default-bus'
import { idsOf, typeOf } from '../../edit'
import { INSTANCE } from '../topology'

const BUS = 'AWS::Events::EventBus'

/** instance -> default bus: EC2 tells it of every change of state, whatever the document says (ASG-5). Nothing to write. */
export const stateChanges: Connector = {
  derive(scenario) {
    const bus = defaultBus(scenario)
    if (bus === null) return []
    return idsOf(INSTANCE, scenario).map((from): Connection => ({
      from,
      to: bus,
      action: 'events:PutEvents',
      style: 'async',
      label: 'state changes',
    }))
  },
  accepts(from, to, scenario): Refusal | null {
    if (typeOf(from, scenario) !== INSTANCE || typeOf(to, scenario) !== BUS) return null
    if (defaultBus(scenario) === to) return { refused: `EC2 already tells ${to} of every change of ${from}.` }
    return {
      refused: `EC2 tells the default bus alone. Set the Name of ${to} to default, or add a rule that passes events on.`,
    }
  },
  // never asked: nothing is accepted
  connect: (from, to) => ({ resources: {}, said: `EC2 tells ${to} of every change of ${from}.` }),
  disconnect: ({ from, to }) => ({
    resources: {},
    said: `EC2 tells ${to} of every change of ${from}. Narrow the rules of ${to} instead.`,
  }),
}
