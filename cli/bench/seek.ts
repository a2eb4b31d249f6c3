import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Scenario } from '../../src/model/scenario'
import { createRunStore } from '../../src/state/run/runStore'
import { MOST_ROWS, SimulatorHost } from '../../src/worker/host'

const SEEKS = 50

export interface SeekFigures {
  /** ms from the move of the playhead until everything there is known; median. */
  readonly seekMs: number
  /** The slowest. */
  readonly seekMostMs: number
  /** MB on the heap and in buffers after the seeks: the page's rows and indexes, the worker's run and keyframes. */
  readonly heapMb: number
  readonly buffersMb: number
}

/**
 * Runs a document as the page and its worker do, in one thread, and moves the playhead to random times beyond the rows that were sent:
 * resume from the keyframe before, compute a window, index it. `mostRows`: how many rows are sent as the run goes.
 */
export function seeks(scenario: Scenario, mostRows = MOST_ROWS): SeekFigures {
  const before = used()
  const tasks: (() => void)[] = []
  const host = new SimulatorHost({ post: (message) => store.apply(message), later: (act) => tasks.push(act) }, mostRows)
  const store = createRunStore({
    onMissing: (request) => tasks.push(() => host.receive({ type: 'detail', run: 1, ...request })),
  })
  const work = (enough: () => boolean): void => {
    while (!enough()) {
      const task = tasks.shift()
      if (task === undefined) return
      task()
    }
  }
  host.receive({ type: 'run', run: 1, scenario })
  work(() => false)
  const { until } = store.status()
  const start = store.knownUntil(0)
  if (start >= until) throw new Error('the run for the seeks is too short')
  const took: number[] = []
  let random = 1
  for (let tried = 0; took.length < SEEKS && tried < 4 * SEEKS; tried++) {
    random = (random * 48_271) % 2_147_483_647
    const t = Math.floor(start + (random / 2_147_483_647) * (until - start))
    // what the last window happens to hold needs no seek
    if (store.known(t) && store.at(t).from <= t) continue
    const since = performance.now()
    store.focus(t)
    work(() => store.known(t))
    took.push(performance.now() - since)
    if (!store.known(t)) throw new Error(`no detail came for ${t} µs`)
    work(() => false)
  }
  const after = used()
  took.sort((a, b) => a - b)
  return {
    seekMs: round(took[took.length >> 1]!),
    seekMostMs: round(took.at(-1)!),
    heapMb: round((after.heapUsed - before.heapUsed) / 1e6),
    buffersMb: round((after.arrayBuffers - before.arrayBuffers) / 1e6),
  }
}

const round = (value: number): number => Math.round(value * 10) / 10

/** Memory in use once what is not reachable is gone. */
function used(): NodeJS.MemoryUsage {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
  collect()
  return process.memoryUsage()
}
