import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { SERVICES } from '.'

// tables are merged by name, so a second fact of one key silently replaces the first: only the sources still show both
it.each(SERVICES.map(({ id, facts }) => [id, facts] as const))('every fact of %s is written once', (id, facts) => {
  const folder = join(import.meta.dirname, id)
  const written = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /fact.*\.ts$/.test(file) && !file.endsWith('.test.ts'))
    .flatMap((file) => [
      ...readFileSync(join(folder, file), 'utf8').matchAll(
        /\b(?:fact|price|count)\(\s*'(\w+)'|\bkey: '[\w-]+\.(\w+)'/g,
      ),
    ])
    .map((found) => found[1] ?? found[2]!)
  expect(written.filter((name, place) => written.indexOf(name) !== place)).toEqual([])
  // but for those made for every runtime: `init.nodejs22.x`
  const known = Object.values(facts).map(({ key }) => key.slice(key.indexOf('.') + 1))
  expect(written.toSorted()).toEqual(known.filter((name) => !name.includes('.')).toSorted())
})
