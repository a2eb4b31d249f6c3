import { bench } from './bench'
import { HELP } from './help'
import { oneLine, Refusal, type Io } from './io'
import { match } from './match'
import { reach } from './reach'
import { run } from './run'
import { schedule } from './schedule'
import { validate } from './validate'

/** A verb: its arguments and the world in, its exit code out. Throws Refusal. */
type Verb = (args: string[], io: Io) => number | Promise<number>

const VERBS: { readonly [verb: string]: Verb } = { run, validate, reach, match, schedule, bench }

/** Runs one command line and returns its exit code: 0 yes, 1 no, 2 could not be done as asked. */
export async function command(argv: readonly string[], io: Io): Promise<number> {
  const [verb, ...args] = argv
  if (verb === undefined || verb === 'help' || verb === '--help' || verb === '-h' || args.includes('--help')) {
    io.write(HELP)
    return 0
  }
  const act = Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined
  if (act === undefined) {
    io.complain(`sim: there is no verb ${verb}; there are ${Object.keys(VERBS).join(', ')} and help`)
    return 2
  }
  try {
    return await act(args, io)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    io.complain(`sim ${verb}: ${oneLine(error.message)}`)
    return error.exit
  }
}
