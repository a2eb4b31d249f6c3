/** A query of the kind CloudWatch Logs Insights takes (OBS-8), read. */
export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'bin'; readonly micros: number }
  | { readonly kind: 'ispresent'; readonly of: Expression }
  | {
      readonly kind: 'arithmetic'
      readonly sign: '+' | '-' | '*' | '/' | '%'
      readonly a: Expression
      readonly b: Expression
    }
  | {
      readonly kind: 'compare'
      readonly sign: '=' | '!=' | '<' | '<=' | '>' | '>='
      readonly a: Expression
      readonly b: Expression
    }
  | {
      readonly kind: 'like'
      readonly of: Expression
      readonly test: (text: string) => boolean
      readonly negated: boolean
    }
  | { readonly kind: 'in'; readonly of: Expression; readonly list: readonly Expression[]; readonly negated: boolean }
  | { readonly kind: 'and' | 'or'; readonly a: Expression; readonly b: Expression }
  | { readonly kind: 'not'; readonly of: Expression }

export const AGGREGATES = ['count', 'count_distinct', 'sum', 'avg', 'min', 'max', 'pct'] as const
export type Aggregate = (typeof AGGREGATES)[number]

/** A column: an expression and the name it is shown under. */
export interface Named {
  readonly of: Expression
  readonly name: string
}
export interface Aggregation {
  readonly what: Aggregate
  /** null: lines are counted. */
  readonly of: Expression | null
  /** Of `pct`: 0 to 100. */
  readonly percent: number
  readonly name: string
}
export type Command =
  | { readonly kind: 'fields'; readonly columns: readonly Named[] }
  | { readonly kind: 'display'; readonly columns: readonly Named[] }
  | { readonly kind: 'filter'; readonly test: Expression }
  | { readonly kind: 'stats'; readonly aggregations: readonly Aggregation[]; readonly by: readonly Named[] }
  | { readonly kind: 'sort'; readonly by: readonly { readonly of: Expression; readonly descending: boolean }[] }
  | { readonly kind: 'limit'; readonly most: number }
  | {
      readonly kind: 'parse'
      readonly of: Expression
      /** What becomes of the names in a text; null when it does not fit. */
      readonly find: (text: string) => readonly (string | null)[] | null
      readonly names: readonly string[]
    }
  | { readonly kind: 'dedup'; readonly by: readonly Named[] }

export const COMMANDS = ['fields', 'filter', 'stats', 'sort', 'limit', 'parse', 'dedup', 'display'] as const
export type Query = readonly Command[]
