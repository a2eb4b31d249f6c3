import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { gate } from '../../gate/text'
import type { Scenario } from '../../model/scenario'
import { runOf } from '../run.fixture'

const file = readFileSync(join(import.meta.dirname, '../../../public/scenarios/thumbnails.yaml'), 'utf8')

/** The lab of the library (B36), with something written differently. */
function lab(change: (text: string) => string = (text) => text) {
  const text = change(file)
  const gated = gate(text)
  if (!gated.ok) throw new Error(gated.problems[0]?.message)
  const said = gated.problems.map(({ message }) => message)
  return { said, ran: runOf({ ...gated.scenario, duration: 600 } satisfies Scenario) }
}
const held = (ran: ReturnType<typeof runOf>, id: string): string[] =>
  ran.contents().flatMap(({ resource, key }) => (resource === id ? [key] : []))

test('every photo gets a thumbnail, nothing else does, and nothing is said against it', () => {
  const { said, ran } = lab()
  expect(said).toEqual([])
  expect(ran.total('Resize', 'Invocations')).toBe(10)
  expect(ran.total('Resize', 'Errors')).toBe(0)
  expect(held(ran, 'Photos')).toHaveLength(11)
  expect(held(ran, 'Thumbnails')).toHaveLength(10)
  expect(held(ran, 'Thumbnails').every((key) => /^small\/red flower \d+\.jpg$/.test(key))).toBe(true)
})

test('the key as the event has it is not there: three tries, then the event is lost (S3-4)', () => {
  const { ran } = lab((text) => text.replace("key: 'in/red flower {n}.jpg' }", "key: 'in/red+flower+{n}.jpg' }"))
  expect(ran.reasons('s3.noSuchKey')).toHaveLength(30)
  expect(ran.total('Resize', 'AsyncEventsLost')).toBe(10)
  expect(held(ran, 'Thumbnails')).toEqual([])
})

test('without s3:PutObject in the role nothing is written', () => {
  const { ran } = lab((text) => text.replace("Action: ['s3:PutObject']", "Action: ['s3:ListBucket']"))
  expect(ran.total('Resize', 'Errors')).toBe(30)
  expect(held(ran, 'Thumbnails')).toEqual([])
})

test('into the same bucket it goes round until Lambda ends it, which is foretold (S3-5, LAM-68)', () => {
  const { said, ran } = lab((text) =>
    text
      .replace("to: Thumbnails, key: 'small/", "to: Photos, key: 'in/")
      .replace('Resource: [Thumbnails]', "Resource: ['*']"),
  )
  expect(said).toEqual([expect.stringContaining('Photos -> Resize -> Photos is a loop')])
  expect(ran.total('Resize', 'RecursiveInvocationsDropped')).toBe(10)
  expect(ran.total('Resize', 'Invocations')).toBe(160)
})
