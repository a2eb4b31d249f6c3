/** Schedule expressions of EventBridge rules and of EventBridge Scheduler (EB-60 to EB-66). */
export { isoSeconds, secondsOf } from './civil'
export { nextFires, UTC, type Offset } from './next-fire'
export { parseSchedule } from './parse-schedule'
export type { Schedule, ScheduleApi } from './schedule'
export { zoneOffset } from './time-zone'
