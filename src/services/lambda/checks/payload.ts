import type { Json, LogicalId, Scenario } from '../../../model/scenario'
import { pointer } from '../../edit'
import type { Check, Problem } from '../../service'
import { functionOf, stepsOf } from '../targets'
import { functionIds } from '../versions/versions'
import { report, textOf, utf8Length } from './report'

const ASYNC = 'lambda:InvokeAsync'
const MB = 1_048_576
/** MB an event may have (LAM-10). The 6 MB of a synchronous call (LAM-9) are more than a document can hold. */
const MOST = 1

/** LAM-10: what is handed over asynchronously and written in the document. */
export const payloads: Check = (scenario) => [
  ...Object.entries(scenario.resources).flatMap(([id, { Type, Behavior }]): Problem[] =>
    Type === 'Coldstart::Client' && Behavior?.['call'] === ASYNC
      ? tooLarge(id, textOf(Behavior['to']), Behavior['body'], pointer(id, 'Behavior', 'body'), scenario)
      : [],
  ),
  ...functionIds(scenario).flatMap((id) =>
    stepsOf(scenario.resources[id]).flatMap((step, i): Problem[] =>
      step['call'] === ASYNC
        ? tooLarge(id, textOf(step['to']), step['body'], pointer(id, 'Behavior', 'steps', i, 'body'), scenario)
        : [],
    ),
  ),
]

function tooLarge(
  from: LogicalId,
  to: LogicalId | null,
  body: Json | undefined,
  path: string,
  scenario: Scenario,
): Problem[] {
  if (body === undefined || to === null || functionOf(to, scenario) === null) return []
  const bytes = utf8Length(JSON.stringify(body))
  if (bytes <= MOST * MB) return []
  const message = `${from} hands ${to} an event of ${bytes} bytes. ${MOST * MB} (${MOST} MB) are the most, and every call would be refused with 413 (LAM-10, LAM-52). Send a reference to it.`
  const words = `${bytes} byte payload is too large for the Event invocation type (limit ${MOST * MB} bytes)`
  return report('error', path, message, words)
}
