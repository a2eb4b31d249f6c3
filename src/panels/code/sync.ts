/** How text and document follow each other, without an editor. */
import { gateJson, type Gated } from '../../gate'
import { editYaml, gate, serialise } from '../../gate/text'
import { readYaml } from '../../gate/yaml-text'
import type { Scenario } from '../../model/scenario'
import type { Problem } from '../../services/service'

export type Format = 'yaml' | 'json'

/** A text and the document it says. */
export interface Written {
  readonly text: string
  readonly scenario: Scenario
}

/** The text after the document changed elsewhere; null when the text cannot be read, so nothing of it is overwritten. */
export function follow(text: string, before: Scenario, after: Scenario, format: Format): string | null {
  const yaml = readYaml(text)
  if (typeof yaml === 'string' || yaml.refusal !== null) return null
  // JSON is written anew, so what is wrong in it would be lost
  if (format === 'json') return read(text, before).scenario === null ? null : serialise(after, 'json')
  return editYaml(text, before, after)
}

/** The same document in the other format. YAML written before keeps its comments. */
export function converted(scenario: Scenario, format: Format, yaml: Written | null): string {
  if (format === 'json') return serialise(scenario, 'json')
  return (yaml && follow(yaml.text, yaml.scenario, scenario, 'yaml')) ?? serialise(scenario, 'yaml')
}

export interface Reading {
  readonly problems: readonly Problem[]
  /** The document to hand on; null when the text is not one. */
  readonly scenario: Scenario | null
}

/**
 * Reads typed text. A text whose errors are all in the present document already is handed on too: what was drawn with a mistake
 * can be edited here before the mistake is repaired.
 */
export function read(text: string, present: Scenario): Reading {
  const gated: Gated = gate(text)
  if (gated.ok) return { problems: gated.problems, scenario: gated.scenario }
  if (gated.scenario === undefined) return { problems: gated.problems, scenario: null }
  const known = new Set(errorsOf(gateJson(present).problems))
  const fresh = errorsOf(gated.problems).some((error) => !known.has(error))
  return { problems: gated.problems, scenario: fresh ? null : gated.scenario }
}

const errorsOf = (problems: readonly Problem[]): string[] =>
  problems.filter(({ severity }) => severity === 'error').map(({ path, message }) => `${path} ${message}`)
