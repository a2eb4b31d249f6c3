/** Text of a CloudFormation template to JSON; YAML's short forms (`!Ref`) become the long ones. */
import { isAlias, isMap, isScalar, isSeq, parseDocument, type Node } from 'yaml'
import { yamlRefusal } from '../../gate/yaml-guard'
import { plainJson } from '../../gate/plain-json'
import { isObject } from '../../model/json'
import type { Json, JsonObject } from '../../model/scenario'
import { TemplateRefusal } from './intrinsics'

/** Whether a text or a value is a template: it has `Resources` at the top and is no scenario. */
export function isTemplate(given: unknown): boolean {
  if (typeof given === 'string')
    return /^(?:\{[\s\S]*?)?\s*"?Resources"?\s*:/m.test(given) && !/^\s*\{?\s*"?coldstart"?\s*:/m.test(given)
  return (
    typeof given === 'object' &&
    given !== null &&
    !Object.hasOwn(given, 'coldstart') &&
    Object.hasOwn(given, 'Resources') &&
    isObject((given as { Resources: Json }).Resources)
  )
}

/** Throws TemplateRefusal with the place. */
export function readTemplate(given: unknown): JsonObject {
  const plain = plainJson(typeof given === 'string' ? parse(given) : given)
  if (!plain.ok) throw new TemplateRefusal(`${plain.problem.path}: ${plain.problem.message}`)
  if (!isObject(plain.value)) throw new TemplateRefusal('A template lists its parts under Resources.')
  return plain.value
}

function parse(text: string): unknown {
  if (/^\s*\{/.test(text)) {
    try {
      return JSON.parse(text)
    } catch {
      // the YAML reader below says what is wrong and where
    }
  }
  const refusal = yamlRefusal(text)
  if (refusal !== null) throw new TemplateRefusal(refusal)
  const document = parseDocument(text, {
    schema: 'core',
    uniqueKeys: false,
    stringKeys: true,
    prettyErrors: true,
    logLevel: 'error',
  })
  const [wrong] = document.errors
  if (wrong !== undefined) throw new TemplateRefusal(wrong.message.split('\n')[0] ?? 'This is no YAML.')
  return jsonOf(document.contents)
}

function jsonOf(node: unknown): unknown {
  if (isAlias(node)) throw new TemplateRefusal(`*${node.source} repeats a value by reference. Write the value out.`)
  const tag = (node as Node | null)?.tag
  if (typeof tag === 'string' && /^![A-Z]/.test(tag)) return long(tag.slice(1), plain(node))
  return plain(node)
}

function plain(node: unknown): unknown {
  if (isMap(node))
    return Object.fromEntries(
      node.items.map((pair) => [String(isScalar(pair.key) ? pair.key.value : pair.key), jsonOf(pair.value)]),
    )
  if (isSeq(node)) return node.items.map(jsonOf)
  return isScalar(node) ? node.value : null
}

/** `!GetAtt A.B` -> `{'Fn::GetAtt': ['A', 'B']}`. */
function long(name: string, value: unknown): unknown {
  if (name === 'Ref' || name === 'Condition') return { [name]: value }
  if (name === 'GetAtt' && typeof value === 'string') {
    const [resource, ...rest] = value.split('.')
    return { 'Fn::GetAtt': [resource, rest.join('.')] }
  }
  return { [`Fn::${name}`]: value }
}
