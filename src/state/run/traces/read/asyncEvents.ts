import type { Rows } from '../../../../model/recording'
import { LAMBDA, type Reading } from './reading'

/** What Lambda does with an asynchronous event between its attempts. */
export class AsyncEventReader {
  readonly #reading: Reading

  constructor(reading: Reading) {
    this.#reading = reading
  }

  /** An event entered a state. Returns the segment the row belongs to. */
  state(state: string, rows: Rows, i: number, row: number, context: number): number {
    const at = rows.at[i]!
    const service = this.#reading.drafts.above(context, ({ origin }) => origin === LAMBDA)
    if (service === undefined) return context
    this.#reading.endPhase(service.index, at)
    // accepted at once, worked on later: the segment lasts until nothing more is to come (OBS-10)
    service.end = null
    switch (state) {
      case 'queued':
        this.#reading.startPhase(service, 'Queued', 'wait', at, row)
        break
      case 'waitingForRetry': {
        const phase = this.#reading.startPhase(service, 'Waiting for retry', 'wait', at, row)
        phase.notes.push(`after attempt ${rows.value[i]!}`)
        break
      }
      case 'waitingForCapacity':
        this.#reading.startPhase(service, 'Waiting for capacity', 'wait', at, row).throttle = true
        break
      case 'done':
        service.end = at
        service.status = 202
        break
      case 'failed':
        Object.assign(service, { end: at, status: 202, fault: true })
        service.notes.push('given up')
        break
    }
    return service.index
  }
}
