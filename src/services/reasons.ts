import { CALL_REASONS } from './call-reasons'

const modules = import.meta.glob<{ reasons: { readonly [code: string]: string } }>('./*/reasons.ts', { eager: true })

/** Explanations of decisions: code -> sentence template with {resource}, {value}, {subject}. For readers; the worker knows codes alone. */
export const REASONS: { readonly [code: string]: string } = Object.assign(
  {},
  CALL_REASONS,
  ...Object.values(modules).map(({ reasons }) => reasons),
)
