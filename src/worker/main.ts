/** The simulator's worker: joins the host to the message port. */
import { SimulatorHost } from './host'
import type { FromWorker, ToWorker } from './protocol'

declare const self: {
  onmessage: ((event: { data: ToWorker }) => void) | null
  postMessage(message: FromWorker, transfer?: ArrayBufferLike[]): void
}
declare function setTimeout(callback: () => void, ms: number): number

const host = new SimulatorHost({
  post: (message, transfer) => self.postMessage(message, transfer),
  later: (act) => {
    setTimeout(act, 0)
  },
})
self.onmessage = ({ data }) => host.receive(data)
