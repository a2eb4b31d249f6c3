import type { Fix, Problem } from '../../service'

type Severity = Problem['severity']

/**
 * A problem with what AWS answers to it, or none where the path is null. `message` is ours: the thing, the number, the remedy;
 * `words` are AWS's own.
 */
export function report(
  severity: Severity,
  path: string | null,
  message: string,
  words: string | null = null,
  fix?: Fix,
): Problem[] {
  if (path === null) return []
  const said = words === null ? message : `${message} AWS: ${words}`
  return [{ severity, path, message: said, ...(fix === undefined ? {} : { fix }) }]
}

export const setTo = (path: string, value: string | number): Fix => ({
  title: `Set ${value}`,
  patches: [{ op: 'replace', path, value }],
})

export const removing = (title: string, path: string): Fix => ({ title, patches: [{ op: 'remove', path }] })

export const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null)
export const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null)
export const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((it): it is string => typeof it === 'string') : []

/** `1 layer`, `6 layers`. */
export const counted = (count: number, thing: string): string => `${count} ${thing}${count === 1 ? '' : 's'}`

/** Bytes of a text in UTF-8. */
export function utf8Length(text: string): number {
  let bytes = 0
  for (const character of text) {
    const code = character.codePointAt(0)!
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return bytes
}
