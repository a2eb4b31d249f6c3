import { setup } from 'xstate'

/** States of an alarm, in CloudWatch's names. */
export const alarmMachine = setup({
  types: { events: {} as { type: 'BREACHING' | 'FINE' | 'NO_DATA' } },
}).createMachine({
  id: 'alarm',
  initial: 'INSUFFICIENT_DATA',
  states: {
    INSUFFICIENT_DATA: { on: { BREACHING: 'ALARM', FINE: 'OK' } },
    OK: { on: { BREACHING: 'ALARM', NO_DATA: 'INSUFFICIENT_DATA' } },
    ALARM: { on: { FINE: 'OK', NO_DATA: 'INSUFFICIENT_DATA' } },
  },
})
