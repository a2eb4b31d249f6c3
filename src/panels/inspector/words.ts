/** Names, glyphs and numbers as the inspector prints them. */
import { runtimeStatus } from '../../services/functions'
import type { Duration, LogicalId, Scenario } from '../../model/scenario'
import { nameIn } from '../../drawing'
import { KINDS } from '../../services/kinds'
import type { Kind } from '../../services/service'
import { digits, span } from '../../state/run/clock'
import { GLYPH_PATHS, type GlyphName } from '../../ui/glyphs'

export const nameOf = nameIn

export const kindOf = (id: LogicalId, scenario: Scenario): Kind | undefined => KINDS[scenario.resources[id]?.Type ?? '']

export function glyphOf(kind: Kind | undefined): GlyphName {
  const name = kind?.glyph ?? 'file'
  return isGlyph(name) ? name : 'file'
}
const isGlyph = (name: string): name is GlyphName => Object.hasOwn(GLYPH_PATHS, name)

/** `69 ms`, `1.71 s` of seconds. */
export const seconds = (value: number): string => span(value * 1_000_000)

export { digits, span }

/** `PutItem` of `dynamodb:PutItem`; the service's name where the action says nothing. */
export const shortAction = (action: string): string =>
  action === 'https:Request' ? 'https' : (action.split(':')[1] ?? action)

/** A duration in one line: `0.030 s`, `exp 0.030 s`, `0.1 to 0.2 s`. */
export function durationText(value: Duration, unit = 's'): string {
  const say = (n: number) =>
    n.toLocaleString('en-GB', { minimumFractionDigits: n < 1 && n > 0 ? 3 : 0, maximumFractionDigits: 6 })
  if (typeof value === 'number') return `${say(value)} ${unit}`
  if ('exp' in value) return `exp ${say(value.exp)} ${unit}`
  if ('uniform' in value) return `${say(value.uniform[0])} to ${say(value.uniform[1])} ${unit}`
  if ('lognormal' in value) return `p50 ${say(value.lognormal.p50)}, p90 ${say(value.lognormal.p90)} ${unit}`
  return `${Object.keys(value.quantiles).length} quantiles`
}

const SUPPORT = {
  current: 'supported until',
  ending: 'supported until',
  deprecated: 'deprecated since',
  gone: 'retired since',
  preview: 'in preview',
  unknown: '',
} as const

/** `supported until 2028-04-30`: what AWS says of a runtime; empty for one it does not name (LAM-17). */
export function supportWords(runtime: string): string {
  const { state, date = '' } = runtimeStatus(runtime)
  return `${SUPPORT[state]} ${date}`.trim()
}
