import type { Json, JsonObject } from '../../model/scenario'
import { parseJsonPath, valueAt, type JsonPath } from './json-path'

/** What a target gets: JSON, or plain text where the template makes none. */
export type Delivered = { readonly json: Json } | { readonly text: string }

/** Makes what a target gets out of the event a rule matched. */
export type TargetInput = (event: JsonObject, rule: RuleNames) => Delivered

/** What reserved variables of a template tell. */
export interface RuleNames {
  readonly name: string
  readonly arn: string
  /** ISO 8601. */
  readonly ingestionTime: string
}

/** Input options of a target; one of them at most (EB-13). */
export interface InputSettings {
  readonly Input?: string
  readonly InputPath?: string
  readonly InputTransformer?: {
    readonly InputPathsMap?: { readonly [name: string]: string }
    readonly InputTemplate: string
  }
}

const VARIABLE = /<([\w.-]+)>/g
const NAME = /^[\w-]+$/
/** EB-13. */
const MOST_PATHS = 100
const RESERVED = new Set([
  'aws.events.rule-arn',
  'aws.events.rule-name',
  'aws.events.event',
  'aws.events.event.json',
  'aws.events.event.ingestion-time',
])

/** Compiles input options, or says in one sentence what AWS would refuse. Null: the target gets the event itself. */
export function compileInput(settings: InputSettings): TargetInput | { readonly refused: string } | null {
  const { Input, InputPath, InputTransformer } = settings
  if ([Input, InputPath, InputTransformer].filter((option) => option !== undefined).length > 1)
    return { refused: 'Input, InputPath and InputTransformer exclude one another. Keep one.' }
  if (Input !== undefined) {
    const json = jsonOf(Input)
    return json === undefined ? { refused: 'Input is JSON text, such as {"kind": "daily"}.' } : () => ({ json })
  }
  if (InputPath !== undefined) {
    const path = parseJsonPath(InputPath)
    // what leads nowhere is delivered as null
    return path === null ? noPath('InputPath', InputPath) : (event) => ({ json: valueAt(event, path) ?? null })
  }
  return InputTransformer === undefined ? null : transformer(InputTransformer)
}

const noPath = (where: string, text: string) => ({
  refused: `${where} ${text} is no path. Write one such as $.detail.order.`,
})

function transformer({
  InputPathsMap = {},
  InputTemplate,
}: NonNullable<InputSettings['InputTransformer']>): TargetInput | { readonly refused: string } {
  const paths = new Map<string, JsonPath>()
  const names = Object.keys(InputPathsMap)
  if (names.length > MOST_PATHS)
    return { refused: `InputPathsMap has ${names.length} variables. EventBridge takes ${MOST_PATHS} (EB-13).` }
  const odd = names.find((name) => !NAME.test(name))
  if (odd !== undefined)
    return { refused: `InputPathsMap names a variable "${odd}". Names have letters, digits, _ and - alone.` }
  for (const [name, text] of Object.entries(InputPathsMap)) {
    const path = parseJsonPath(text)
    if (path === null) return noPath(`InputPathsMap ${name}:`, text)
    paths.set(name, path)
  }
  for (const [, name] of InputTemplate.matchAll(VARIABLE)) {
    if (!paths.has(name!) && !RESERVED.has(name!))
      return { refused: `InputTemplate names <${name}>, which InputPathsMap does not have. Add it there.` }
  }
  const pieces = piecesOf(InputTemplate)
  return (event, rule) => {
    const value = (name: string): Json | undefined => {
      const path = paths.get(name)
      return path === undefined ? reserved(name, event, rule) : valueAt(event, path)
    }
    const text = pieces
      .map((piece) => (typeof piece === 'string' ? piece : shown(value(piece.name), piece.quoted)))
      .join('')
    const json = jsonOf(text)
    return json === undefined ? { text } : { json }
  }
}

interface Variable {
  readonly name: string
  /** It stands inside a JSON string. */
  readonly quoted: boolean
}

/** Text and variables of a template in turn. */
function piecesOf(template: string): (string | Variable)[] {
  const pieces: (string | Variable)[] = []
  let quoted = false
  let from = 0
  for (const found of template.matchAll(VARIABLE)) {
    const text = template.slice(from, found.index)
    for (const [mark] of text.matchAll(/\\.|"/gs)) if (mark === '"') quoted = !quoted
    pieces.push(text, { name: found[1]!, quoted })
    from = found.index + found[0].length
  }
  pieces.push(template.slice(from))
  return pieces
}

/**
 * A value in its place. Inside a string, objects and lists lose their quotation marks (recorded: `[HIGH]`); in JSON a string gets
 * them and what the event does not have is the empty string.
 */
function shown(value: Json | undefined, quoted: boolean): string {
  if (value === undefined) return quoted ? '' : '""'
  if (!quoted) return JSON.stringify(value)
  if (typeof value === 'string') return JSON.stringify(value).slice(1, -1)
  return JSON.stringify(value).replace(/\\.|"/g, (mark) => (mark === '"' || mark === '\\"' ? '' : mark))
}

function reserved(name: string, event: JsonObject, rule: RuleNames): Json {
  switch (name) {
    case 'aws.events.rule-arn':
      return rule.arn
    case 'aws.events.rule-name':
      return rule.name
    case 'aws.events.event.ingestion-time':
      return rule.ingestionTime
    case 'aws.events.event': {
      // without the detail, as AWS documents it
      const { detail: _, ...rest } = event
      return rest
    }
    default:
      return event
  }
}

function jsonOf(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}
