import { setup } from 'xstate'

const nothing = (): void => {}
const no = (): boolean => false

/** One of the readers of a pipe: it has one batch in hand at a time. Of a queue there are several, of a stream one per shard. */
export const pipeMachine = setup({
  types: { events: {} as { type: 'received' } | { type: 'refused' } | { type: 'done' } | { type: 'failed' } },
  guards: { enriches: no, 'has had enough': no, keeps: no, 'keeps and enriches': no },
  actions: { receive: nothing, enrich: nothing, deliver: nothing, remove: nothing, letGo: nothing, discard: nothing },
  delays: { REFUSED: 0, BACKOFF: 0 },
}).createMachine({
  id: 'pipe',
  initial: 'receiving',
  states: {
    receiving: {
      entry: 'receive',
      on: { received: [{ guard: 'enriches', target: 'enriching' }, { target: 'delivering' }], refused: 'refused' },
    },
    enriching: {
      entry: 'enrich',
      on: { done: 'delivering', failed: [{ guard: 'has had enough', target: 'discarding' }, { target: 'backingOff' }] },
    },
    delivering: {
      entry: 'deliver',
      on: { done: 'removing', failed: [{ guard: 'has had enough', target: 'discarding' }, { target: 'backingOff' }] },
    },
    removing: { entry: 'remove', on: { done: 'receiving' } },
    discarding: { entry: 'discard', on: { done: 'removing' } },
    backingOff: {
      entry: 'letGo',
      after: {
        BACKOFF: [
          { guard: 'keeps and enriches', target: 'enriching' },
          { guard: 'keeps', target: 'delivering' },
          { target: 'receiving' },
        ],
      },
    },
    refused: { after: { REFUSED: 'receiving' } },
  },
})
