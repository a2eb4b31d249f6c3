import { SimulatorHost } from './host'
import type { Port } from './client'
import type { FromWorker, ToWorker } from './protocol'

/** A simulator in this thread whose time is turned by hand: tasks run when `turn` says, messages are kept in order. */
export class HandHost {
  readonly sent: FromWorker[] = []
  readonly host: SimulatorHost
  #tasks: (() => void)[] = []

  constructor(mostRows?: number) {
    this.host = new SimulatorHost(
      { post: (message) => this.sent.push(message), later: (act) => this.#tasks.push(act) },
      mostRows,
    )
  }

  /** Runs up to `most` waiting tasks; returns how many ran. */
  turn(most = Infinity): number {
    let ran = 0
    for (; ran < most && this.#tasks.length > 0; ran++) this.#tasks.shift()!()
    return ran
  }

  /** Takes the messages that wait. */
  take(): FromWorker[] {
    return this.sent.splice(0)
  }
}

/** A worker's port with nothing behind it. */
export class FakePort implements Port {
  readonly received: ToWorker[] = []
  terminated = false
  onmessage: Port['onmessage'] = null
  onerror: Port['onerror'] = null

  postMessage(message: ToWorker): void {
    this.received.push(message)
  }
  terminate(): void {
    this.terminated = true
  }
  answers(message: FromWorker): void {
    this.onmessage?.({ data: message } as MessageEvent<FromWorker>)
  }
  crashes(message: string): void {
    this.onerror?.({ message } as ErrorEvent)
  }
}
