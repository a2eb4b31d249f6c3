import { setup } from 'xstate'

/** A call on its way: what the caller knows is only whether an answer came. */
export const requestMachine = setup({
  types: { events: {} as { type: 'arrive' | 'refuse' | 'lose' | 'answer' | 'abandon' } },
}).createMachine({
  id: 'request',
  initial: 'travelling',
  states: {
    travelling: { on: { arrive: 'working', refuse: 'answered', lose: 'lost', abandon: 'abandoned' } },
    working: { on: { answer: 'answered', lose: 'lost', abandon: 'abandoned' } },
    answered: { on: { abandon: 'abandoned' } },
    lost: { on: { abandon: 'abandoned' } },
    abandoned: { on: { answer: 'ended', refuse: 'ended', arrive: 'abandoned' } },
    ended: { type: 'final' },
  },
})
