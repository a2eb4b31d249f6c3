import { join } from 'node:path'
import { gateJson, type Gated } from '../src/gate'
import { gate } from '../src/gate/text'
import type { Scenario } from '../src/model/scenario'
import { GALLERY, Refusal, type Io } from './io'

const ENDINGS = ['.yaml', '.yml', '.json']

/** Reads a scenario file, `-`, or a gallery scenario by its name, through the gate. Throws Refusal, exit 2, with the first problem. */
export function scenarioAt(io: Io, name: string): Scenario {
  return checked(gate(io.read(pathOf(io, name))), name === '-' ? 'standard input' : name)
}

/** The same of a value; `name` says where it came from. */
export const scenarioFrom = (value: unknown, name: string): Scenario => checked(gateJson(value), name)

/** The document with every default filled in. */
function checked(passed: Gated, name: string): Scenario {
  if (passed.ok) return passed.normalised
  const errors = passed.problems.filter(({ severity }) => severity === 'error')
  const first = errors[0] ?? passed.problems[0]
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more; see sim validate)` : ''
  throw new Refusal(
    `${name}: ${first === undefined ? 'refused' : `${first.path === '' ? '' : `${first.path}: `}${first.message}`}${more}`,
  )
}

/** A path as it stands, else the gallery's file of that name. */
export function pathOf(io: Io, name: string): string {
  if (name === '-' || io.exists(name) || !/^[\w-]+$/.test(name)) return name
  return ENDINGS.map((ending) => join(GALLERY, `${name}${ending}`)).find((path) => io.exists(path)) ?? name
}
