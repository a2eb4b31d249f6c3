/** Texts of `aws ... describe-*` to JSON values: one file or paste may hold several values one after the other. */
import type { Json } from '../../model/scenario'
import { MAX_DEPTH } from '../../gate/limits'
import { plainJson } from '../../gate/plain-json'

export interface DescribeFile {
  /** Path below the folder that was chosen, with `/`: `123456789012/us-east-1/Vpcs.json`. */
  readonly name: string
  readonly text: string
}

/** A value and where it stood: messages name it. */
export interface Found {
  readonly file: string
  readonly value: Json
}

export const MAX_FILES = 2_000
/** Characters of all files together. */
export const MAX_CHARACTERS = 32_000_000
const MAX_FILE_VALUES = 500

/** Ends an import; the message names the place. */
export class DescribeRefusal extends Error {}

/** Throws DescribeRefusal for too much text, too deep nesting and what is not JSON. */
export function valuesOf(files: readonly DescribeFile[]): Found[] {
  if (files.length > MAX_FILES) throw new DescribeRefusal(`There are ${files.length} files. The most is ${MAX_FILES}.`)
  const characters = files.reduce((sum, { text }) => sum + text.length, 0)
  if (characters > MAX_CHARACTERS)
    throw new DescribeRefusal(`The files have ${characters} characters. The most is ${MAX_CHARACTERS}.`)
  return files.flatMap(valuesIn)
}

function valuesIn({ name, text }: DescribeFile): Found[] {
  const pieces = split(name, text)
  return pieces.map(({ from, to }) => {
    let parsed: unknown
    try {
      parsed = JSON.parse(text.slice(from, to))
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'no JSON'
      throw new DescribeRefusal(`${name}, value that begins in line ${lineOf(text, from)}: ${reason.slice(0, 200)}`)
    }
    const plain = plainJson(parsed)
    if (!plain.ok) throw new DescribeRefusal(`${name}${plain.problem.path}: ${plain.problem.message}`)
    return { file: name, value: plain.value }
  })
}

/** Where each top-level object or list begins and ends. One pass; what stands between must be blank or a comma. */
function split(name: string, text: string): { from: number; to: number }[] {
  const pieces: { from: number; to: number }[] = []
  let depth = 0
  let from = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (depth > 0 && code === 34) {
      for (i++; i < text.length && text.charCodeAt(i) !== 34; i++) if (text.charCodeAt(i) === 92) i++
    } else if (code === 123 || code === 91) {
      if (depth === 0) from = i
      if (++depth > MAX_DEPTH)
        throw new DescribeRefusal(`${name}, line ${lineOf(text, i)}: nested deeper than ${MAX_DEPTH} levels.`)
    } else if (code === 125 || code === 93) {
      if (--depth < 0) throw new DescribeRefusal(`${name}, line ${lineOf(text, i)}: ${text[i]} closes nothing.`)
      if (depth === 0) pieces.push({ from, to: i + 1 })
      if (pieces.length > MAX_FILE_VALUES)
        throw new DescribeRefusal(`${name} holds more than ${MAX_FILE_VALUES} JSON values.`)
    } else if (depth === 0 && code > 32 && code !== 44 && code !== 0xfeff && code !== 0xa0) {
      throw new DescribeRefusal(`${name}, line ${lineOf(text, i)}: this is no JSON of aws ec2 describe-*.`)
    }
  }
  if (depth > 0) throw new DescribeRefusal(`${name}, line ${lineOf(text, from)}: the JSON value ends too early.`)
  return pieces
}

function lineOf(text: string, at: number): number {
  let line = 1
  for (let i = text.indexOf('\n'); i >= 0 && i < at; i = text.indexOf('\n', i + 1)) line++
  return line
}
