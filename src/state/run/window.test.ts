import '../../engine/run'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gate } from '../../gate/text'
import type { Scenario } from '../../model/scenario'
import { HandHost } from '../../worker/port.fixture'
import { faceData } from './faces'
import { MARK_KINDS } from './marks'
import { createRunStore, type RunStore } from './runStore'
import { createTokenSource } from './tokens'

function scenario(name: string): Scenario {
  const gated = gate(readFileSync(new URL(`../../../public/scenarios/${name}.yaml`, import.meta.url), 'utf8'))
  if (!gated.ok) throw new Error(gated.problems[0]!.message)
  return gated.normalised
}

/** A store joined to a simulator that sends `mostRows` rows as the run goes; everything is done when it returns. */
function joined(run: Scenario, mostRows?: number): { store: RunStore; pump: () => void; asked: number[] } {
  const worker = new HandHost(mostRows)
  const asked: number[] = []
  const store = createRunStore({
    onMissing: (request) => {
      asked.push(request.at)
      worker.host.receive({ type: 'detail', run: 1, ...request })
    },
  })
  const pump = (): void => {
    for (let busy = true; busy;) {
      const messages = worker.take()
      messages.forEach((message) => store.apply(message))
      busy = worker.turn() > 0 || messages.length > 0 || worker.sent.length > 0
    }
  }
  worker.host.receive({ type: 'run', run: 1, scenario: run })
  pump()
  return { store, pump, asked }
}

const tokensAt = (store: RunStore, t: number): unknown[] => {
  const frame = createTokenSource(store).frame(t, 1)
  return Array.from({ length: frame.length }, (_, i) => [
    frame.wire[i],
    frame.token[i],
    frame.fraction[i],
    frame.arrived[i],
    frame.count[i],
    frame.row[i],
  ])
}

describe.each(['orders', 'backlog', 'enis-now', 'poison-message'])('windows of %s', (name) => {
  const run = scenario(name)
  const whole = joined(run).store
  const rows = whole.status().rows

  it('show what the whole run shows, at any time in any order', () => {
    const { store, pump } = joined(run, Math.floor(rows / 8))
    // chunks are cut at slices, so little or nothing may have been sent; what follows is then all from windows
    expect(store.status().rows).toBeLessThan(rows)
    const { until } = whole.status()
    fc.assert(
      fc.property(fc.integer({ min: 0, max: until }), (t) => {
        store.focus(t)
        pump()
        whole.focus(t)
        expect(store.known(t)).toBe(true)
        for (const id of run.resources ? Object.keys(run.resources) : [])
          expect(faceData(store, id, t)).toEqual(faceData(whole, id, t))
        expect(tokensAt(store, t)).toEqual(tokensAt(whole, t))
        expect(store.nextEvent(t)).toBe(whole.nextEvent(t))
        whole.levels.forEach((_, level) => expect(store.levelPeak(level, t)).toBe(whole.levelPeak(level, t)))
        for (const kind of MARK_KINDS) expect(store.nextMark(kind, t, 1)).toEqual(whole.nextMark(kind, t, 1))
        const row = whole.firstRowAt(t)
        expect(store.firstRowAt(t)).toBe(row)
        expect(store.rowAt(row)).toEqual(whole.rowAt(row))
        for (const { owner, machine } of whole.entities.slice(0, 5)) {
          expect(store.entitiesOf(owner, machine, t)).toEqual(whole.entitiesOf(owner, machine, t))
        }
      }),
      { numRuns: 40 },
    )
  })
})
