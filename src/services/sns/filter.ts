import { compilePattern } from '../../events/compile-pattern'
import { matchEvent } from '../../events/match-event'
import { parsePattern } from '../../events/parse-pattern'
import { isObject } from '../../model/json'
import type { Payload } from '../service'
import { areValid, attributeValues, parsed, type SubscriptionSettings } from './settings'

/** Why a subscription does not want a message, in the words of its metric (SNS-7); null: it does. */
export type Unwanted = 'byAttributes' | 'byBody' | 'noAttributes' | 'invalidAttributes' | 'invalidBody'

/** Asked for every message; answers are remembered by payload. A policy that cannot be read lets nothing through; the checks say why. */
export function filterOf({ filter, scope }: SubscriptionSettings): (id: number, message: Payload) => Unwanted | null {
  if (filter === null) return () => null
  const policy = parsePattern(filter)
  const pattern = policy.ok ? compilePattern(policy.pattern) : null
  const answer = ({ body, attributes, text }: Payload): Unwanted | null => {
    if (scope === 'MessageBody') {
      const content = text === undefined ? body : parsed(text)
      if (!isObject(content)) return 'invalidBody'
      return pattern !== null && matchEvent(pattern, content) ? null : 'byBody'
    }
    if (attributes !== undefined && !areValid(attributes)) return 'invalidAttributes'
    if (pattern !== null && matchEvent(pattern, attributeValues(attributes ?? {}))) return null
    return attributes === undefined ? 'noAttributes' : 'byAttributes'
  }
  const messages: Payload[] = []
  const answers: (Unwanted | null)[] = []
  return (id, message) => {
    if (messages[id] === message) return answers[id]!
    messages[id] = message
    return (answers[id] = answer(message))
  }
}
