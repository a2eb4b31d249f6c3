/** Filters of a table's stream as AWS was recorded to apply them (../shared/conformance/lambda-behaviour/esm_filter_cases.jsonl). */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Json, JsonObject } from '../../../../model/scenario'
import { gateJson } from '../../../../gate'
import { client, runOf } from '../../../run.fixture'
import { streamed } from './streams.fixture'

interface Recorded {
  readonly name: string
  readonly source: string
  readonly puts: readonly { readonly [attribute: string]: { readonly S?: string; readonly N?: string } }[]
  readonly filter: JsonObject
  readonly expectedInvocations: number
}
const file = join(import.meta.dirname, '../../../../../../shared/conformance/lambda-behaviour/esm_filter_cases.jsonl')
const recorded = (existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [])
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Recorded)
  .filter(({ source }) => source === 'dynamodb')

const plain = (put: Recorded['puts'][number]): JsonObject =>
  Object.fromEntries(
    Object.entries(put).map(([name, { S, N }]): [string, Json] => [name, N === undefined ? S! : Number(N)]),
  )

describe.skipIf(recorded.length === 0)('as AWS was recorded (skipped without ../shared/conformance)', () => {
  test.each(recorded)('$name', ({ puts, filter, expectedInvocations }) => {
    for (const pattern of [filter, JSON.stringify(filter)]) {
      const scenario = streamed({
        table: true,
        traffic: { pattern: 'manual' },
        mapping: { BatchSize: 1, FilterCriteria: { Filters: [{ Pattern: pattern }] } },
        more: Object.fromEntries(
          puts.map((put, i) => [
            `Put${i}`,
            client(
              'dynamodb:PutItem',
              'Stream',
              { pattern: 'once', at: i * 5 },
              { body: { key: put['id']!.S!, item: plain(put) } },
            ),
          ]),
        ),
      })
      const gated = gateJson(scenario)
      expect(gated.problems.filter(({ severity }) => severity === 'error')).toEqual([])
      const run = runOf(scenario)
      expect(run.total('Mapping', 'PolledEventCount')).toBe(puts.length)
      expect(run.total('Fn', 'Invocations')).toBe(expectedInvocations)
    }
  })
})
