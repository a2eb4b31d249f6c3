/** What a valid event pattern says, with `$or` already spelled out (fact sheet 4.2). */
export type Scalar = string | number | boolean | null

/** One entry of a field's list. A field passes when one of its tests passes for one of its values. */
export type PatternTest =
  | { op: 'exactly'; value: Scalar }
  | { op: 'prefix' | 'suffix'; value: string; ignoreCase: boolean }
  | { op: 'equals-ignore-case' | 'wildcard' | 'cidr'; value: string }
  | { op: 'anything-but'; values: readonly (string | number)[] }
  | { op: 'anything-but'; not: StringOperator; values: readonly string[] }
  | { op: 'numeric'; low: number; lowOpen: boolean; high: number; highOpen: boolean }
  | { op: 'exists'; value: boolean }

/** The string operators that `anything-but` can turn round. */
export type StringOperator = 'prefix' | 'suffix' | 'equals-ignore-case' | 'wildcard'

export interface PatternField {
  /** Keys joined by dots, as EventBridge joins them: `{"detail": {"state": …}}` and `{"detail.state": …}` are one path. */
  readonly path: string
  readonly tests: readonly PatternTest[]
}

/** The event matches when all fields of one branch match. Without `$or` there is one branch. Fields stand as written. */
export interface EventPattern {
  readonly branches: readonly (readonly PatternField[])[]
}

/** Characters of a pattern: the quota of an account, and the most that the API accepts (fact sheet 4.2). */
export const PATTERN_QUOTA = { usual: 2_048, most: 4_096 } as const

/** Branches that `$or` may unfold to (fact sheet 4.2). */
export const MAX_BRANCHES = 1000

/** `numeric` compares values in this range, ends included (fact sheet 4.2). */
export const NUMERIC_LIMIT = 5e9
