/** What the gate takes in. Beyond these it refuses, before it spends time. */

/** Characters of text. */
export const MAX_TEXT = 2_000_000
export const MAX_RESOURCES = 2_000
/** Nesting of lists and objects. */
export const MAX_DEPTH = 64
/** Values in a document, nested ones counted. */
export const MAX_VALUES = 400_000
/** Lines and structural marks of YAML text: the YAML parser needs up to 20 us for each. */
export const MAX_YAML_LINES = 100_000
export const MAX_YAML_MARKS = 200_000
export const MAX_YAML_INDENT = 1_000
/** Problems reported of one kind of step; the rest are counted. */
export const MAX_PROBLEMS = 100
