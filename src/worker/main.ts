/** The simulator's worker: joins the host to the message port. */
import { SimulatorHost } from './host'
import type { FromWorker, ToWorker } from './protocol'

declare const self: {
  onmessage: ((event: { data: ToWorker }) => void) | null
  postMessage(message: FromWorker, transfer?: ArrayBufferLike[]): void
}
interface Port {
  onmessage: (() => void) | null
  postMessage(message: null): void
}
declare const MessageChannel: new () => { readonly port1: Port; readonly port2: Port }

// a timer would wait 4 ms each time, which is two seconds of a run of ten million events
const turns = new MessageChannel()
const due: (() => void)[] = []
turns.port1.onmessage = () => due.shift()?.()

const host = new SimulatorHost({
  post: (message, transfer) => self.postMessage(message, transfer),
  later: (act) => {
    due.push(act)
    turns.port2.postMessage(null)
  },
})
self.onmessage = ({ data }) => host.receive(data)
