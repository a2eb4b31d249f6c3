import type { Kind } from '../service'
import { eventsOf, producerOf, SOURCE } from './settings'

export const kinds: { readonly [type: string]: Kind } = {
  [SOURCE]: {
    label: 'AWS service',
    short: 'Service',
    category: 'sources',
    drawn: 'node',
    glyph: 'service',
    silhouette: 'actor',
    size: { w: 148, h: 44 },
    idStem: 'Source',
    summary:
      'SES, IoT, CodeCommit, CloudFormation, Config and others: hands real events to functions, topics or the default bus.',
    create: (id) => ({
      [id]: { Type: SOURCE, Behavior: { service: 'ses', traffic: { pattern: 'constant', rate: 1 } } },
    }),
    typeLine: (resource) => producerOf(resource).title,
    choices: (field, resource, scenario) => (field === 'event' ? eventsOf(resource, scenario) : null),
  },
}
