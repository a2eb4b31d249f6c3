import { gateJson, type Gated } from '../src/gate'
import { gate } from '../src/gate/text'
import { argumentsOf, positionals } from './args'
import { batch, type Case } from './batch'
import { Refusal, type Io } from './io'
import { pathOf } from './scenario-file'

interface Validity {
  readonly result: 'ok' | 'problems'
  readonly problems: readonly {
    readonly path: string
    readonly message: string
    readonly severity: string
    readonly fix: unknown
  }[]
}

/** `validate FILE`: exit 1 when the document is refused. Warnings are listed and change nothing. */
export function validate(args: string[], io: Io): number {
  const { values, positionals: given } = argumentsOf(args, { json: { type: 'boolean' }, batch: { type: 'string' } })
  if (values.batch !== undefined) {
    positionals(given, [])
    return batch(io, values.batch, answerCase)
  }
  const [file] = positionals(given, ['FILE']) as [string]
  const validity = judge(gate(io.read(pathOf(io, file))))
  if (values.json === true) io.write(`${JSON.stringify(validity)}\n`)
  else {
    for (const { path, message, severity, fix } of validity.problems) {
      const remedy = fix === null ? '' : ` Fix: ${(fix as { title: string }).title}`
      io.write(`${severity === 'error' ? '' : `${severity}: `}${path === '' ? '' : `${path}: `}${message}${remedy}\n`)
    }
    if (validity.result === 'ok') io.write('ok\n')
  }
  return validity.result === 'ok' ? 0 : 1
}

function judge(passed: Gated): Validity {
  const problems = passed.problems.map(({ path, message, severity, fix }) => ({
    path,
    message,
    severity,
    fix: fix ?? null,
  }))
  return { result: passed.ok ? 'ok' : 'problems', problems }
}

function answerCase({ document }: Case): Validity {
  if (document === undefined) throw new Refusal('document is missing')
  return judge(typeof document === 'string' ? gate(document) : gateJson(document))
}
