import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { isoSeconds, nextFires, parseSchedule, secondsOf } from '.'

const folder = fileURLToPath(new URL('../../../../shared/conformance/schedules/', import.meta.url))
const present = existsSync(folder)
if (!present) console.info('conformance cases of schedules skipped: ../shared/conformance is absent')

const rows = <T>(file: string): T[] =>
  readFileSync(`${folder}${file}`, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T)
const seconds = (iso: string): number => secondsOf(iso.replace(/Z$/, ''))!

describe.skipIf(!present)('schedules', () => {
  it('are accepted and refused as AWS does (recorded)', () => {
    const wrong = rows<{ api: string; expr: string; valid: boolean }>('validity_aws_recorded.jsonl').filter(
      ({ api, expr, valid }) =>
        !('refused' in parseSchedule(expr, api === 'events:PutRule' ? 'rule' : 'scheduler')) !== valid,
    )
    expect(wrong).toEqual([])
  })

  it('fire next when several libraries and a brute force say', () => {
    const wrong = rows<{ expr: string; from: string; inclusive: boolean; next: string[]; exhausted: boolean }>(
      'cron_next.jsonl',
    ).flatMap(({ expr, from, inclusive, next, exhausted }) => {
      const schedule = parseSchedule(expr, 'rule')
      if ('refused' in schedule) return [[expr, schedule.refused]]
      const count = next.length + (exhausted ? 1 : 0)
      const fires = nextFires(schedule, { from: seconds(from), inclusive, count }).map((at) => `${isoSeconds(at)}Z`)
      return JSON.stringify(fires) === JSON.stringify(next) ? [] : [[expr, from, fires, next]]
    })
    expect(wrong).toEqual([])
  })

  it('fire at an instant or do not', () => {
    const wrong = rows<{ expr: string; at: string; fires: boolean }>('cron_match_instants.jsonl').filter(
      ({ expr, at, fires }) => {
        const schedule = parseSchedule(expr, 'rule')
        if ('refused' in schedule) return true
        const from = seconds(at)
        return (nextFires(schedule, { from, inclusive: true, count: 1 })[0] === from) !== fires
      },
    )
    expect(wrong).toEqual([])
  })
})
