import { object, list, properties, text } from '../../network/read'
import type { Kind } from '../service'
import { ALARM } from './settings'

export const kinds: { readonly [type: string]: Kind } = {
  [ALARM]: {
    label: 'Alarm',
    category: 'compute',
    drawn: 'none',
    glyph: 'warn',
    summary: 'Watches a metric and calls scaling policies.',
    palette: false,
    owners(resource, scenario) {
      const named = list(properties(resource)['Dimensions']).map((it) => text(object(it)['Value']) ?? '')
      return named.filter((id) => Object.hasOwn(scenario.resources, id)).slice(0, 1)
    },
  },
}
