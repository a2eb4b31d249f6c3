import { describe as suite, expect, test } from 'vitest'
import { Outcome, RowKind, Token } from '../../model/recording'
import { activeEnvironments, faceData, type Part } from './faces'
import { createRunStore } from './runStore'
import { headOf, legendOf, rowsOf, type WrittenRow } from './sampleRun.fixture'

const [PROVISIONING, INIT, BUSY, IDLE] = [0, 1, 2, 3]
const PARTS: readonly Part[] = [
  { id: 'V1', version: '1' },
  { id: 'Live', version: null },
]
const state = (at: number, code: number, subject: number, resource: number): WrittenRow => ({
  at,
  kind: RowKind.state,
  code,
  subject,
  resource,
})
const request = (at: number): WrittenRow => ({
  at,
  kind: RowKind.hop,
  code: Token.request,
  subject: 0,
  resource: 0,
  value: 1,
})

/** Two requests to the alias: one is answered by a provisioned environment of version 1, one by `$LATEST` after a cold start. */
function run() {
  const store = createRunStore()
  store.begin(1, headOf(['Client', 'Fn', 'V1', 'Live'], 10_000_000))
  store.append(
    rowsOf(0, [
      state(0, IDLE, 0, 2),
      request(1_000),
      state(1_000, BUSY, 0, 2),
      request(1_500),
      state(1_500, PROVISIONING, 1, 1),
      { at: 2_000, kind: RowKind.span, code: Outcome.ok, subject: 0, resource: 2, value: 1_000 },
      state(2_000, IDLE, 0, 2),
      state(2_500, INIT, 1, 1),
      state(3_000, BUSY, 1, 1),
      { at: 4_000, kind: RowKind.span, code: Outcome.error, subject: 1, resource: 1, value: 3_000 },
      state(4_000, IDLE, 1, 1),
      { at: 5_000, kind: RowKind.hop, code: Token.throttled, subject: 0, resource: 0, until: 5_000 },
    ]),
    legendOf(
      [{ from: 'Client', to: 'Live', action: 'lambda:Invoke' }],
      [
        { owner: 'V1', machine: 'environment', label: 'p1' },
        { owner: 'Fn', machine: 'environment', label: 'e1' },
      ],
    ),
  )
  return store
}

suite('a function with versions', () => {
  test('shows the environments of its versions after its own, each with its version', () => {
    const { slots } = faceData(run(), 'Fn', 1_700, PARTS)
    expect(slots).toEqual([
      { state: 'cold', label: 'e1', progress: expect.any(Number) as number, entity: 1 },
      { state: 'busy', label: 'p1', progress: 0.7, entity: 0, provisioned: true, version: '1' },
    ])
  })

  test('counts what any of them did as its own, and tells it apart by part', () => {
    const store = run()
    const face = faceData(store, 'Fn', 4_500, PARTS)
    expect(face.facts).toMatchObject({ finished: 1, received: 2 })
    expect(face.badges).toEqual([{ kind: 'error', count: 1, row: 9 }])
    expect(face.parts).toEqual({
      Fn: { ended: 1, active: 0, kept: 0 },
      V1: { ended: 1, active: 0, kept: 0 },
      Live: { ended: 0, active: 0, kept: 0 },
    })
    expect(faceData(store, 'Fn', 1_700, PARTS).parts?.['V1']).toEqual({ ended: 0, active: 1, kept: 1 })
  })

  test('shows a refusal of its alias where a slot would be', () => {
    const { slots, badges } = faceData(run(), 'Fn', 5_100, PARTS)
    expect(slots?.at(-1)).toMatchObject({ state: 'throttled', entity: -1 })
    expect(badges.map(({ kind }) => kind)).toEqual(['error', 'throttled'])
  })

  test('without parts is the function alone', () => {
    const face = faceData(run(), 'Fn', 4_500)
    expect(face.slots?.map(({ label }) => label)).toEqual(['e1'])
    expect(face.parts).toBeUndefined()
  })
})

test('starting and working environments take a place, warm ones do not', () => {
  const store = run()
  expect([500, 1_700, 2_700, 3_500, 4_500].map((t) => activeEnvironments(store, 'Fn', t))).toEqual([0, 1, 1, 1, 0])
})
