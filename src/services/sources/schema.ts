/** What a source may carry: which service it is, what it sends, when, and to whom. */
import { choice, json, ref, z } from '../schema-kit'
import { byHand, patterns } from '../schema-traffic'
import type { Schemas } from '../schema-kit'
import { PRODUCERS } from './settings'

const SERVICES = Object.keys(PRODUCERS) as [string, ...string[]]
const EVENTS = Object.values(PRODUCERS).flatMap(({ direct, bus }) => [...direct, ...bus]) as [string, ...string[]]

export const schemas: Schemas = {
  'Coldstart::Source': {
    Properties: z.strictObject({}),
    Behavior: z.strictObject({
      service: choice(SERVICES, {
        title: 'Service',
        help: 'AWS service that sends the events.',
        factRows: ['INV-14'],
      }).default('ses'),
      event: choice(EVENTS, {
        title: 'Event',
        help: 'What it sends; without it the usual event of the service.',
      }).optional(),
      body: json({ title: 'Content', help: 'The whole event, in place of the sample.', group: 'advanced' }).optional(),
      to: ref(
        [
          'AWS::Lambda::Function',
          'AWS::Lambda::Alias',
          'AWS::Lambda::Version',
          'AWS::SNS::Topic',
          'AWS::Events::EventBus',
        ],
        { title: 'To', help: 'Function or topic it hands events to, or the default bus.' },
      ).optional(),
      traffic: z
        .discriminatedUnion('pattern', [...patterns, byHand])
        .meta({ title: 'Traffic', help: 'When it sends.' })
        .default({ pattern: 'once', at: 0 }),
    }),
  },
}
