import type { Documents } from '../../logs/documents'
import type { RowSource } from '../../logs/logIndex'
import type { Draft, Drafts } from '../draft'

export const LAMBDA = 'AWS::Lambda'
export const FUNCTION = 'AWS::Lambda::Function'
export const QUEUE = 'AWS::SQS::Queue'
export const BUS = 'AWS::Events::EventBus'
export const MAPPING = 'AWS::Lambda::EventSourceMapping'
export const FLEET = 'AWS::AutoScaling::AutoScalingGroup'
export const RULE = 'AWS::Events::Rule'
const CALLABLE: ReadonlySet<string> = new Set([FUNCTION, 'AWS::Lambda::Version', 'AWS::Lambda::Alias'])

export const isCallable = (type: string): boolean => CALLABLE.has(type)

/** What all readers of one trace share. */
export class Reading {
  readonly source: RowSource
  readonly documents: Documents
  readonly trace: number
  readonly drafts: Drafts
  /** The row that is read belongs to another trace: that of the batch this one travels in. */
  foreign = false
  /** Phase a queue or an asynchronous event is in, by its segment. */
  readonly #phase = new Map<number, Draft>()

  constructor(source: RowSource, documents: Documents, trace: number, drafts: Drafts) {
    this.source = source
    this.documents = documents
    this.trace = trace
    this.drafts = drafts
  }

  /** Resource type of a logical id; empty when the document has none. */
  type(id: string): string {
    return this.documents.scenario.resources[id]?.Type ?? ''
  }
  /** Logical id of a resource by its number in rows. */
  resource(number: number): string {
    return this.source.names.head.resources[number] ?? ''
  }

  startPhase(of: Draft, name: string, look: Draft['look'], at: number, row: number): Draft {
    const { resource } = of
    const phase = this.drafts.add({
      parent: of.index,
      own: false,
      name,
      origin: 'phase',
      look,
      resource,
      start: at,
      row,
    })
    this.#phase.set(of.index, phase)
    return phase
  }
  endPhase(of: number, at: number): Draft | undefined {
    const phase = this.#phase.get(of)
    if (phase !== undefined) phase.end = at
    this.#phase.delete(of)
    return phase
  }
  /** Ends a segment together with the phase it is in. */
  over(draft: Draft, at: number): void {
    this.endPhase(draft.index, at)
    draft.end = at
  }
}
