import { parseArgs, type ParseArgsConfig } from 'node:util'
import { Refusal } from './io'

type Options = NonNullable<ParseArgsConfig['options']>
type Parsed<O extends Options> = ReturnType<typeof parseArgs<{ options: O; allowPositionals: true; args: string[] }>>

/** Parses a verb's arguments. Throws Refusal in one line. */
export function argumentsOf<const O extends Options>(args: string[], options: O): Parsed<O> {
  try {
    return parseArgs({ args, options, allowPositionals: true })
  } catch (error) {
    throw new Refusal((error as Error).message.replace(/ To specify a positional.*$/s, ''))
  }
}

/** The verb's files; `names` says what they are: `['FILE']`. */
export function positionals(given: readonly string[], names: readonly string[]): string[] {
  if (given.length !== names.length)
    throw new Refusal(
      names.length === 0
        ? `nothing else stands beside the options; leave out ${given.join(' ')}`
        : `expected ${names.join(' ')}, got ${given.length === 0 ? 'nothing' : given.join(' ')}`,
    )
  if (given.filter((name) => name === '-').length > 1)
    throw new Refusal('- (standard input) can stand for one file only')
  return [...given]
}

/** A number option within bounds, undefined when it is not given. */
export function numberOption(
  name: string,
  text: string | undefined,
  { least, most, whole = false }: { least: number; most: number; whole?: boolean },
): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  if (text.trim() === '' || !(value >= least && value <= most) || (whole && !Number.isInteger(value))) {
    throw new Refusal(`--${name} ${text}: must be a ${whole ? 'whole number' : 'number'} from ${least} to ${most}`)
  }
  return value
}
