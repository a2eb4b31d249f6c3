import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { createRun } from '../engine/run'
import { gateJson } from '../gate'
import { RowKind, type Rows } from '../model/recording'
import { ContentJob } from './content-job'

const FOLDER = new URL('../../public/scenarios/', import.meta.url)
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'))

test.each(files)('%s: every hop can be looked into, with ids and times filled in', (file) => {
  const gated = gateJson(parse(readFileSync(new URL(file, FOLDER), 'utf8')))
  if (!gated.ok) throw new Error(gated.problems[0]?.message)
  const run = createRun(gated.normalised, { keyframeEvery: 2_000 })
  const hops: number[] = []
  run.kernel.recorder.sink = (rows: Rows) => {
    for (let i = 0; i < rows.length; i++) if (rows.kind[i] === RowKind.hop) hops.push(rows.first + i)
  }
  run.advance(20_000)
  run.kernel.recorder.flush()
  const job = new ContentJob(
    gated.normalised,
    run,
    hops.filter((_, i) => i % Math.ceil(hops.length / 100) === 0),
  )
  while (!job.step(20_000));
  const contents = job.answer()
  expect(contents.filter((content) => content === null)).toEqual([])
  expect(JSON.stringify(contents)).not.toMatch(/\$requestId|\$timestamp|0000000000eb|0000-00-00T/)
})
