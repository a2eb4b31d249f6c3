/** A queue and a hand that calls it: the API cases of ../shared/conformance/lambda-behaviour are calls, not scenarios. */
import type { Json } from '../model/scenario'
import { HANDLE, ITEM } from '../services/parcel'
import { hands } from '../services/sqs/queue.fixture'
import type { Case } from './lambda-behaviour.fixture'

/** A receive under way. */
export interface Received {
  /** Bodies it got so far. */
  got(): string[]
  items(): readonly number[]
}

export function hand({ setup, stimulus }: Case) {
  const queue = hands({
    Q: {
      ...(setup['fifo'] === true ? { FifoQueue: true } : {}),
      ...(typeof setup['visibilityTimeout'] === 'number' ? { VisibilityTimeout: setup['visibilityTimeout'] } : {}),
      ...(typeof setup['delaySeconds'] === 'number' ? { DelaySeconds: setup['delaySeconds'] } : {}),
      // how long a receive waits is said at each: `receive` does not, `listen` waits as long as it may
      ...(typeof setup['waitTimeSeconds'] === 'number'
        ? { ReceiveMessageWaitTimeSeconds: setup['waitTimeSeconds'] }
        : {}),
    },
  })
  let now = 0
  const wait = (seconds: number): void => queue.until((now += seconds))
  const send = (body: string, group: string | null): void => void queue.send('Q', body, group === null ? {} : { group })
  const listen = (most: number): Received => {
    const asked = queue.receive('Q', most)
    return { got: () => asked.got.map(String), items: () => asked.items }
  }
  for (const body of (stimulus['sent'] as Json[] | undefined) ?? []) send(String(body), String(body).split('-')[0]!)
  return {
    send,
    listen,
    wait,
    /** A receive that does not wait: what it gets in this instant. */
    receive(most: number): string[] {
      const asked = queue.receive('Q', most)
      wait(0.000_001)
      if (asked.outcome === undefined) queue.abandon('Q', asked)
      return asked.got.map(String)
    },
    remove: (from: Received): void => void queue.remove('Q', from.items()),
    /** Changes how long one of the received messages stays hidden. */
    hide(from: Received, body: string, seconds: number): void {
      const at = from.got().indexOf(body) * ITEM
      queue.hide('Q', from.items().slice(at + HANDLE, at + ITEM), seconds)
    },
    deleted: () => queue.metric('Q', 'NumberOfMessagesDeleted'),
    /** Messages the queue holds, visible or not. */
    held: () =>
      queue.metric('Q', 'ApproximateNumberOfMessagesVisible') +
      queue.metric('Q', 'ApproximateNumberOfMessagesNotVisible'),
  }
}
