import type { Json } from '../../../model/scenario'
import { idsOf, pointer } from '../../edit'
import type { Check, Problem } from '../../service'
import { missingImport } from '../environment/cold-start'
import { objectOf } from '../targets'
import { FUNCTION } from '../resource-types'
import { configurations } from './families'
import { removing, report, setTo, textOf, textsOf, utf8Length } from './report'
import { runtimeStatus, successorOf } from '../runtimes'

const ENVIRONMENT_BYTES = 4_096
/** Names Lambda sets itself and refuses to have set (AWS Lambda developer guide, configuration-envvars). */
const RESERVED = new Set([
  '_HANDLER',
  '_X_AMZN_TRACE_ID',
  'AWS_ACCESS_KEY',
  'AWS_ACCESS_KEY_ID',
  'AWS_DEFAULT_REGION',
  'AWS_EXECUTION_ENV',
  'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
  'AWS_LAMBDA_FUNCTION_NAME',
  'AWS_LAMBDA_FUNCTION_VERSION',
  'AWS_LAMBDA_INITIALIZATION_TYPE',
  'AWS_LAMBDA_LOG_GROUP_NAME',
  'AWS_LAMBDA_LOG_STREAM_NAME',
  'AWS_LAMBDA_RUNTIME_API',
  'AWS_REGION',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'LAMBDA_RUNTIME_DIR',
  'LAMBDA_TASK_ROOT',
])
const VARIABLE = /^[a-zA-Z][a-zA-Z0-9_]+$/
const UNABLE =
  'Lambda was unable to configure your environment variables because the environment variables you have provided'

/** LAM-5: names AWS takes, and 4 KB in all, measured as the JSON text AWS measures. */
export const environment: Check = (scenario) =>
  configurations(scenario).flatMap(({ own, properties, at }): Problem[] => {
    const variables = objectOf(objectOf(properties['Environment'])['Variables'])
    const path = (...rest: string[]): string | null => at('Properties', 'Environment', 'Variables', ...rest)
    const names = Object.keys(variables).flatMap((name): Problem[] => {
      const place = path(name)
      if (place === null) return []
      if (RESERVED.has(name)) {
        const words = `${UNABLE} contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${name}`
        return report(
          'error',
          place,
          `${own}: Lambda sets ${name} itself. Use another name.`,
          words,
          removing(`Remove ${name}`, place),
        )
      }
      if (VARIABLE.test(name)) return []
      const words =
        "Value at 'environment.variables' failed to satisfy constraint: Map keys must satisfy constraint: [Member must satisfy regular expression pattern: [a-zA-Z]([a-zA-Z0-9_])+]"
      return report(
        'error',
        place,
        `${own}: ${name} cannot be the name of a variable. Start with a letter, then letters, digits and _, two at least.`,
        words,
      )
    })
    const bytes = Object.keys(variables).length === 0 ? 0 : utf8Length(JSON.stringify(variables))
    if (bytes <= ENVIRONMENT_BYTES) return names
    return [
      ...names,
      ...report(
        'error',
        path(),
        `${own}: names and values of its variables are ${bytes} bytes together. 4096 are the most. Shorten them by ${bytes - ENVIRONMENT_BYTES}, or read large values from elsewhere.`,
        `${UNABLE} exceeded the 4KB limit.`,
      ),
    ]
  })

/** LAM-17. An image brings its own runtime, so `Runtime` only says which. */
export const runtimes: Check = (scenario) =>
  configurations(scenario).flatMap(({ own, properties, at }): Problem[] => {
    const runtime = textOf(properties['Runtime'])
    if (properties['PackageType'] === 'Image' || runtime === null) return []
    const path = at('Properties', 'Runtime')
    const { state, date } = runtimeStatus(runtime)
    const next = successorOf(runtime)
    const fix = path === null || next === null ? undefined : setTo(path, next)
    const move = next === null ? 'Use a supported runtime.' : `Move to ${next}.`
    switch (state) {
      case 'current':
        return []
      case 'preview':
        return report(
          'info',
          path,
          `${own}: ${runtime} is a preview, which AWS does not support yet. ${move}`,
          null,
          fix,
        )
      case 'ending':
        return report('info', path, `${own}: AWS deprecates ${runtime} on ${date}. ${move}`, null, fix)
      case 'deprecated':
        return report(
          'warning',
          path,
          `${own}: AWS deprecated ${runtime} on ${date}. It gets no patches any more. ${move}`,
          null,
          fix,
        )
      case 'gone': {
        const words = `The runtime parameter of ${runtime} is no longer supported for creating or updating AWS Lambda functions. We recommend you use ${next === null ? 'a supported runtime' : `the new runtime (${next})`} while creating or updating functions.`
        return report('error', path, `${own}: ${runtime} is retired, deprecated on ${date}. ${move}`, words, fix)
      }
      case 'unknown': {
        const words = `Value ${runtime} at 'runtime' failed to satisfy constraint: Member must satisfy enum value set or be a valid ARN`
        return report('error', path, `${own}: there is no runtime ${runtime}. ${move}`, words, fix)
      }
    }
  })

/** LAM-53: what the code imports and nothing holds. It is allowed, and every init fails. */
export const imports: Check = (scenario) =>
  configurations(scenario).flatMap(({ own, properties, behavior, at }): Problem[] => {
    const layers = textsOf(properties['Layers']).map((id) => scenario.resources[id]?.Behavior ?? {})
    const missing = missingImport(behavior, layers, textOf(properties['Handler']) ?? undefined)
    if (missing === null) return []
    return report(
      'warning',
      at('Behavior', 'imports'),
      `${own}: ${missing}. Every init ends with Runtime.ImportModuleError. Package the library with the code, or add a layer that holds it.`,
    )
  })

/** Names are unique in an account. */
export const names: Check = (scenario) => {
  const taken = new Map<string, string>()
  return idsOf(FUNCTION, scenario).flatMap((id): Problem[] => {
    const name = textOf(scenario.resources[id]!.Properties?.['FunctionName'])
    if (name === null) return []
    const other = taken.get(name)
    taken.set(name, other ?? id)
    if (other === undefined) return []
    const path = pointer(id, 'Properties', 'FunctionName')
    return report(
      'error',
      path,
      `${id} and ${other} are both called ${name}. Name one otherwise.`,
      `Function already exist: ${name}`,
    )
  })
}

/** LAM-64: Lambda takes the role to run the function, so there is one, and it lets Lambda. */
export const role: Check = (scenario) =>
  configurations(scenario).flatMap(({ own, published, properties, at }): Problem[] => {
    const path = at('Properties', 'Role')
    const id = textOf(properties['Role'])
    if (id === null)
      return report(
        'error',
        published ? null : path,
        `${own} has no execution role. Lambda needs one to run it (LAM-64).`,
      )
    const trust = scenario.resources[id]?.Properties?.['AssumeRolePolicyDocument']
    if (trust === undefined || trusts(trust)) return []
    return report(
      'error',
      path,
      `${own} runs under ${id}, whose trust policy does not let lambda.amazonaws.com take it (LAM-64). Allow it sts:AssumeRole there.`,
      'The role defined for the function cannot be assumed by Lambda.',
    )
  })

/** Whether a trust policy lets Lambda take its role. */
function trusts(policy: Json): boolean {
  const statements = objectOf(policy)['Statement']
  return (Array.isArray(statements) ? statements : [statements]).map(objectOf).some((statement) => {
    const principal = statement['Principal']
    const services = principal === '*' ? '*' : (objectOf(principal)['Service'] ?? objectOf(principal)['AWS'])
    return (
      statement['Effect'] === 'Allow' &&
      named(services, ['lambda.amazonaws.com', '*']) &&
      named(statement['Action'], ['sts:AssumeRole', 'sts:*', '*'])
    )
  })
}

const named = (value: Json | undefined, names: readonly string[]): boolean =>
  (Array.isArray(value) ? value : [value]).some((it) => typeof it === 'string' && names.includes(it))
