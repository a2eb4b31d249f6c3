import type { Json } from '../../../model/scenario'

/** JSON as it is typed, or what is wrong with it and where. */
export function readJson(text: string): { value: Json } | { problem: string } {
  try {
    return { value: JSON.parse(text) as Json }
  } catch (error) {
    const message = error instanceof Error ? error.message : ''
    const at = /position (\d+)/.exec(message)
    if (at === null)
      return {
        problem:
          text.trim() === ''
            ? 'Write a JSON object, {} at least.'
            : 'This is not JSON yet: it ends too early or has a stray character.',
      }
    const before = text.slice(0, Number(at[1]))
    const line = before.split('\n').length
    const column = before.length - before.lastIndexOf('\n')
    return { problem: `This is not JSON: look at line ${line}, column ${column}.` }
  }
}
