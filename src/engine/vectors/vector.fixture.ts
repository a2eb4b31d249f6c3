import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { gate } from '../../gate/text'
import type { Gated } from '../../gate'
import type { Scenario } from '../../model/scenario'
import { passed } from '../claims/run.fixture'

const folder = join(import.meta.dirname, 'scenarios')

/** Slugs of the vectors, in their order. */
export const VECTORS: readonly string[] = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => name.replace(/\.yaml$/, ''))
  .sort()

/** A vector's document through the gate; `slug` may be its number alone. */
export function gated(slug: string): Gated {
  const file = VECTORS.find((name) => name === slug || name.startsWith(`${slug}-`))
  if (file === undefined) throw new Error(`no vector ${slug}`)
  return gate(readFileSync(join(folder, `${file}.yaml`), 'utf8'))
}
export const vector = (slug: string): Scenario => passed(gated(slug))
