import type { Json } from '../../model/scenario'
import { toMicros } from '../../model/units'
import type { ServiceContext } from '../service'
import { filterOf, shaperOf, type Shaper } from './record'
import { FUNCTIONS, pipeOf, QUEUE, SOURCES, type PipeSettings } from './settings'

/** A pipe as it runs. */
export interface LivePipe {
  readonly settings: PipeSettings
  readonly resource: number
  /** Resource it reads; -1: none. */
  readonly source: number
  readonly shards: 'kinesis' | 'dynamodb' | null
  /** It has a source and a target, and is told to run. */
  readonly runs: boolean
  readonly read: number
  readonly remove: number
  readonly enrichment: number
  readonly enrich: number
  /** What the enrichment returns; null: what it was given. */
  readonly made: Json
  readonly target: number
  readonly deliver: number
  /** The target gets the whole batch in one call. */
  readonly whole: boolean
  readonly deadLetter: number
  readonly passes: ReturnType<typeof filterOf>
  readonly shape: Shaper
  /** µs; Infinity: none. */
  readonly maxAge: number
}

export function livePipe(context: ServiceContext, id: string): LivePipe {
  const settings = pipeOf(id, context.scenario())
  const { role, source, enrichment, target, deadLetter } = settings
  const wire = (to: string | undefined, action: string): number =>
    to === undefined || role === null ? -1 : context.calls.wire(id, to, action, { role, network: false })
  const at = (resource: string | undefined | null): number =>
    resource === undefined || resource === null ? -1 : context.index(resource)
  const from = source === null ? undefined : SOURCES[source.type]!
  return {
    settings,
    resource: context.index(id),
    source: at(source?.id),
    shards: from?.shards ?? null,
    runs: settings.running && source !== null && target !== null && role !== null,
    read: from === undefined ? -1 : wire(source?.id, from.action),
    remove: source?.type === QUEUE ? wire(source.id, 'sqs:DeleteMessage') : -1,
    enrichment: at(enrichment),
    enrich: wire(enrichment ?? undefined, 'lambda:Invoke'),
    made: enrichment === null ? null : (context.behavior(enrichment)['response'] ?? null),
    target: at(target?.id),
    deliver: target === null ? -1 : wire(target.id, target.action),
    whole: target !== null && FUNCTIONS.includes(target.type) && target.action === 'lambda:Invoke',
    deadLetter: wire(deadLetter ?? undefined, 'sqs:SendMessage'),
    passes: filterOf(settings.patterns),
    shape: shaperOf(settings, context.payloads),
    maxAge: settings.maxAge < 0 ? Infinity : toMicros(settings.maxAge),
  }
}
