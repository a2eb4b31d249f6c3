/** Tells whether a build is older than what it was made from. */
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** Latest change below a path (ms), 0 when it is absent. Tests do not count: no build contains them. */
function latest(path) {
  if (!existsSync(path)) return 0
  const stat = statSync(path)
  if (!stat.isDirectory()) return /\.test\.tsx?$/.test(path) ? 0 : stat.mtimeMs
  let newest = stat.mtimeMs
  for (const name of readdirSync(path)) newest = Math.max(newest, latest(join(path, name)))
  return newest
}

/**
 * @param {string} output file the build writes
 * @param {string[]} sources files and folders it is made from
 */
export function isFresh(output, sources) {
  const path = join(ROOT, output)
  return existsSync(path) && sources.every((source) => latest(join(ROOT, source)) <= statSync(path).mtimeMs)
}
