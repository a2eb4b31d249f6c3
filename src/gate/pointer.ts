/** JSON pointers (RFC 6901). */
import type { Json } from '../model/scenario'

export type Path = readonly (string | number)[]

export function pointer(path: Path): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

/** The parts of a pointer, array indices as text. Parts of text that is no pointer are taken as they stand. */
export function parsePointer(text: string): string[] {
  if (text === '') return []
  const body = text.startsWith('/') ? text.slice(1) : text
  return body.split('/').map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** The value at a path, undefined where there is none. */
export function valueAt(value: Json | undefined, path: Path): Json | undefined {
  let here = value
  for (const part of path) {
    if (typeof here !== 'object' || here === null) return undefined
    if (Array.isArray(here)) here = here[Number(part)]
    else here = Object.hasOwn(here, String(part)) ? here[String(part)] : undefined
  }
  return here
}
