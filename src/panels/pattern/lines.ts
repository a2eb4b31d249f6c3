/** JSON laid out line by line, each line knowing its field: what marks and choices need. */
import { isObject } from '../../model/json'
import type { Json } from '../../model/scenario'

export interface Line {
  readonly depth: number
  /** As written before the value: `"state": `. */
  readonly key: string
  /** The value, or a bracket. */
  readonly text: string
  /** Dotted path of the field, without indices. */
  readonly path: string
  /** A plain value: it can stand in a pattern. */
  readonly leaf: boolean
}

/** Lines of one event that are shown. */
export const MOST_LINES = 400

export function linesOf(event: Json): Line[] {
  const lines: Line[] = []
  write(lines, event, { depth: 0, key: '', path: '', last: true })
  return lines
}

interface Where {
  readonly depth: number
  readonly key: string
  readonly path: string
  readonly last: boolean
}

function write(lines: Line[], value: Json, where: Where): void {
  if (lines.length >= MOST_LINES) return
  const { depth, key, path } = where
  const comma = where.last ? '' : ','
  const put = (text: string, leaf: boolean, own = key): void => {
    lines.push({ depth, key: own, text, path, leaf })
  }
  if (Array.isArray(value)) {
    if (value.length === 0) return put(`[]${comma}`, false)
    put('[', false)
    value.forEach((item, i) => write(lines, item, { depth: depth + 1, key: '', path, last: i === value.length - 1 }))
    return put(`]${comma}`, false, '')
  }
  if (!isObject(value)) return put(JSON.stringify(value) + comma, path !== '')
  const entries = Object.entries(value)
  if (entries.length === 0) return put(`{}${comma}`, false)
  put('{', false)
  entries.forEach(([name, child], i) =>
    write(lines, child, {
      depth: depth + 1,
      key: `${JSON.stringify(name)}: `,
      path: path === '' ? name : `${path}.${name}`,
      last: i === entries.length - 1,
    }),
  )
  put(`}${comma}`, false, '')
}

/** Indices of the lines that show a field; of a field that is not there, the line of what would hold it. */
export function linesFor(lines: readonly Line[], field: string): readonly number[] {
  if (field === '') return []
  for (let path = field; path !== ''; path = path.slice(0, Math.max(0, path.lastIndexOf('.')))) {
    const found = lines.flatMap((line, i) =>
      line.path === path && (path === field ? line.leaf || line.key !== '' : line.key !== '') ? [i] : [],
    )
    if (found.length > 0) return path === field ? found : found.slice(0, 1)
  }
  return [0]
}
