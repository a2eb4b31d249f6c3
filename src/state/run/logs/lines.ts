import { Outcome } from '../../../model/recording'
import type { FunctionCode } from './functionCode'
import { attemptOf, isoTime, requestId, streamName } from './identity'
import { LINE_TYPES, LineKind } from './lineKind'
import type { LogIndex } from './logIndex'

/** One log line, in words. Times in µs. */
export interface LogLine {
  /** Its place in the index. */
  readonly position: number
  readonly at: number
  readonly kind: LineKind
  readonly row: number
  readonly entity: number
  /** Id of the function or version that wrote it. */
  readonly resource: string
  readonly message: string
}

/** What the REPORT line of an invocation says (LAM-27, LAM-28). */
export interface Report {
  /** µs */
  readonly duration: number
  /** ms */
  readonly billed: number
  /** MB */
  readonly memorySize: number
  readonly maxMemoryUsed: number
  /** µs; 0: none. */
  readonly init: number
  readonly restore: number
  readonly status: 'timeout' | 'error' | null
  readonly errorType: string | null
}

/** Milliseconds with two digits as AWS writes them, or as many as it takes to be exact. */
export function milliseconds(micros: number): string {
  const whole = Math.floor(micros / 1_000)
  const rest = String(Math.round(micros - whole * 1_000)).padStart(3, '0')
  return `${whole}.${rest.endsWith('0') ? rest.slice(0, 2) : rest}`
}

/** Writes the lines that an index found. */
export class LineWriter {
  readonly index: LogIndex
  readonly seed: number

  constructor(index: LogIndex) {
    this.index = index
    this.seed = index.documents.scenario.seed
  }

  line(position: number): LogLine {
    const { index } = this
    return {
      position,
      at: index.at.at(position),
      kind: index.kind.at(position) as LineKind,
      row: index.row.at(position),
      entity: index.entity.at(position),
      resource: this.resource(position),
      message: this.message(position),
    }
  }

  resource(position: number): string {
    return this.index.source.names.head.resources[this.index.resource.at(position)] ?? ''
  }
  code(position: number): FunctionCode | undefined {
    return this.index.documents.code(this.resource(position), this.index.at.at(position))
  }
  group(position: number): string {
    return this.code(position)?.group ?? `/aws/lambda/${this.resource(position)}`
  }
  stream(position: number): string {
    return this.streamOf(this.code(position)?.version ?? '$LATEST', this.index.entity.at(position))
  }
  /** Name of the stream of an environment. */
  streamOf(version: string, entity: number): string {
    return streamName(this.seed, version, entity)
  }
  type(position: number): string | null {
    return LINE_TYPES[this.index.kind.at(position)] ?? null
  }

  /** Id of the request a line is about; null for lines of the init phase. */
  request(position: number): string | null {
    const invocation = this.index.invocation.at(position)
    return invocation < 0 ? null : this.requestOf(invocation)
  }
  requestOf(invocation: number): string {
    const { trace, event, entity, start } = this.index.invocations
    const attempt = attemptOf(event.at(invocation), entity.at(invocation), start.at(invocation))
    return requestId(this.seed, trace.at(invocation), attempt)
  }

  /** What the REPORT line at `position` says; null for other lines. */
  report(position: number): Report | null {
    if (this.index.kind.at(position) !== LineKind.report) return null
    const { invocations } = this.index
    const n = this.index.invocation.at(position)
    const duration = invocations.end.at(n) - invocations.start.at(n)
    const init = invocations.init.at(n)
    const restore = invocations.restore.at(n)
    const outcome = invocations.outcome.at(n)
    const code = this.code(position)
    const timeout = outcome === Outcome.timeout
    return {
      duration,
      billed: Math.ceil((duration + (code?.initBilled === false ? 0 : init)) / 1_000),
      memorySize: code?.memory ?? 128,
      maxMemoryUsed: Math.ceil(invocations.used.at(n)),
      init,
      restore,
      status: timeout ? 'timeout' : outcome === Outcome.ok ? null : 'error',
      errorType: timeout || outcome === Outcome.ok ? null : this.#error(position, n).type,
    }
  }

  message(position: number): string {
    const kind = this.index.kind.at(position)
    const code = this.code(position)
    switch (kind) {
      case LineKind.init:
        return `INIT_START Runtime Version: ${runtimeVersion(code?.runtime ?? '')}`
      case LineKind.restore:
        return `RESTORE_START Runtime Version: ${runtimeVersion(code?.runtime ?? '')}`
      case LineKind.text:
        return code?.text(this.index.detail.at(position)) ?? ''
      case LineKind.error:
        return this.#failure(position, code)
    }
    const id = this.request(position) ?? ''
    if (kind === LineKind.start) return `START RequestId: ${id} Version: ${code?.version ?? '$LATEST'}`
    if (kind === LineKind.end) return `END RequestId: ${id}`
    return `REPORT RequestId: ${id}\t${reportText(this.report(position)!)}`
  }

  #error(position: number, invocation: number): { type: string; message: string } {
    const { outcome, error } = this.index.invocations
    const code = this.code(position)
    const number = this.index.detail.at(position)
    const known = number >= 0 ? number : invocation >= 0 ? error.at(invocation) : -1
    if (known >= 0 && code !== undefined) return code.error(known)
    if (invocation >= 0 && outcome.at(invocation) === Outcome.timeout)
      return { type: 'Sandbox.Timedout', message: `Task timed out after ${(code?.timeout ?? 3).toFixed(2)} seconds` }
    return code?.error(0) ?? { type: 'Error', message: 'The handler failed' }
  }

  /** How an error is logged depends on who writes it: the service, Node.js, or another runtime (LAM-53). */
  #failure(position: number, code: FunctionCode | undefined): string {
    const invocation = this.index.invocation.at(position)
    const { type, message } = this.#error(position, invocation)
    const id = invocation < 0 ? '' : this.requestOf(invocation)
    if (type === 'Sandbox.Timedout') return `${isoTime(this.index.at.at(position))} ${id} ${message}`
    if (type === 'Runtime.ExitError' || type === 'Runtime.OutOfMemory')
      return `RequestId: ${id} Error: ${message}\t${type}`
    if (code?.runtime.startsWith('nodejs') === true)
      return `${id}\tERROR\tInvoke Error\t${JSON.stringify({ errorType: type, errorMessage: message })}`
    return `[ERROR] ${type}: ${message}`
  }
}

function reportText(report: Report): string {
  const parts = [
    `Duration: ${milliseconds(report.duration)} ms`,
    `Billed Duration: ${report.billed} ms`,
    `Memory Size: ${report.memorySize} MB`,
    `Max Memory Used: ${report.maxMemoryUsed} MB`,
  ]
  if (report.init > 0) parts.push(`Init Duration: ${milliseconds(report.init)} ms`)
  if (report.restore > 0) parts.push(`Restore Duration: ${milliseconds(report.restore)} ms`)
  if (report.status !== null) parts.push(`Status: ${report.status}`)
  if (report.errorType !== null) parts.push(`Error Type: ${report.errorType}`)
  return parts.join('\t')
}

/** `nodejs24.x` -> `nodejs:24`. */
const runtimeVersion = (runtime: string): string =>
  runtime.replace(/^([a-z]+)\.?([\d.]*?)(\.x)?$/, '$1:$2').replace(/:$/, '')
