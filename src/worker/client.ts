/** The only `new Worker` in the program: gives orders, drops answers to old ones, and starts again after a crash. */
import type { Scenario } from '../model/scenario'
import type { DetailRequest, FromWorker, Holdings, ToWorker } from './protocol'

export interface SimulatorEvents {
  onMessage(message: FromWorker): void
  /** The worker died and a new one took over the last order. */
  onRestart(): void
  /** It died twice over the same order; the page stays usable, the run does not come. */
  onFailure(message: string): void
}

export type Port = Pick<Worker, 'postMessage' | 'terminate'> & {
  onmessage: ((event: MessageEvent<FromWorker>) => void) | null
  onerror: ((event: ErrorEvent) => void) | null
}

const spawn = (): Port => new Worker(new URL('./main.ts', import.meta.url), { type: 'module', name: 'simulator' })

export class Simulator {
  #worker: Port
  #run = 0
  #last: ToWorker | null = null
  #crashes = 0
  readonly #events: SimulatorEvents
  readonly #spawn: () => Port

  constructor(events: SimulatorEvents, start: () => Port = spawn) {
    this.#events = events
    this.#spawn = start
    this.#worker = this.#listen(start())
  }

  /** Simulates from 0. Returns the number of the order. */
  run(scenario: Scenario): number {
    this.#crashes = 0
    return this.#order({ type: 'run', run: ++this.#run, scenario })
  }

  /** Simulates again from an intervention at `from` µs; of the past, what the page `holds` stays. */
  resume(scenario: Scenario, from: number, holds: Holdings): number {
    this.#crashes = 0
    return this.#order({ type: 'resume', run: ++this.#run, scenario, from, holds })
  }

  /** Asks for full rows around a time, of the run under way. */
  detail(request: DetailRequest): void {
    this.#worker.postMessage({ type: 'detail', run: this.#run, ...request } satisfies ToWorker)
  }

  /** Asks what travels on the hops of some rows, of the run under way. */
  content(rows: readonly number[]): void {
    this.#worker.postMessage({ type: 'content', run: this.#run, rows } satisfies ToWorker)
  }

  dispose(): void {
    this.#worker.terminate()
  }

  #order(message: ToWorker & { run: number }): number {
    this.#last = message
    this.#worker.postMessage(message)
    return message.run
  }

  #listen(worker: Port): Port {
    worker.onmessage = ({ data }) => {
      if (data.run !== this.#run) return
      if (data.type === 'failed') this.#crashed(data.message)
      else this.#events.onMessage(data)
    }
    worker.onerror = (event) => this.#crashed(event.message)
    return worker
  }

  #crashed(message: string): void {
    this.#worker.terminate()
    this.#worker = this.#listen(this.#spawn())
    if (++this.#crashes > 1 || this.#last === null) {
      this.#events.onFailure(message)
      return
    }
    // a resume needs the keyframes that died with the worker, so the document is run whole
    const again = this.#last
    this.#last = again.type === 'resume' ? { type: 'run', run: again.run, scenario: again.scenario } : again
    this.#worker.postMessage(this.#last)
    this.#events.onRestart()
  }
}
