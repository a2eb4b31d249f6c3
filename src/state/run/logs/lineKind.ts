/** What a log line is. Lines of the service surround those of the handler (LAM-28). */
export const LineKind = { init: 0, restore: 1, start: 2, text: 3, error: 4, end: 5, report: 6 } as const
export type LineKind = (typeof LineKind)[keyof typeof LineKind]

/** `@type` of a line in Logs Insights; what the handler wrote has none. */
export const LINE_TYPES: readonly (string | null)[] = [
  'INIT_START',
  'RESTORE_START',
  'START',
  null,
  null,
  'END',
  'REPORT',
]
