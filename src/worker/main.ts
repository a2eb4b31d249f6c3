/** The simulator's worker: runs ahead in slices, so that a new order is heard between two of them. */
import type { Keyframe } from '../kernel/kernel'
import { createRun, resumeRun, type Run } from '../engine/run'
import type { Rows } from '../model/recording'
import type { Scenario } from '../model/scenario'
import type { FromWorker, ToWorker } from './protocol'
import { trimmed } from './rows'

declare const self: {
  onmessage: ((event: { data: ToWorker }) => void) | null
  postMessage(message: FromWorker, transfer?: ArrayBufferLike[]): void
}
declare function setTimeout(callback: () => void, ms: number): number

/** Events per slice: some 20 ms of work. */
const SLICE = 20_000
/** Slices between two progress messages, once a run is long. */
const QUIET = 8
/** Rows the page keeps; beyond, detail is computed again where someone looks. */
const MOST_ROWS = 1_000_000

let order = 0
let scenario: Scenario | null = null
let current: Run | null = null

function post(message: FromWorker, transfer: ArrayBufferLike[] = []): void {
  self.postMessage(message, transfer)
}

function postRows(run: Run, rows: Rows): void {
  const sent = trimmed(rows)
  const buffers = [sent.at, sent.until, sent.value, sent.kind, sent.code, sent.resource, sent.subject, sent.trace, sent.cause]
  post(
    { type: 'rows', run: order, rows: sent, legend: run.legend.news() },
    buffers.map((column) => column.buffer),
  )
}

function tell(run: Run): void {
  post({ type: 'progress', run: order, progress: run.progress(), series: run.series(), costs: run.costs() })
}

/** Computes slice after slice until the run is over or another order came. */
function work(run: Run, mine: number, slice: number): void {
  if (mine !== order) return
  guarded(() => {
    const over = run.advance(SLICE)
    run.kernel.recorder.flush()
    if (run.kernel.recorder.count > MOST_ROWS) run.kernel.recorder.on = false
    if (over || slice < QUIET || slice % QUIET === 0) tell(run)
    if (!over) setTimeout(() => work(run, mine, slice + 1), 0)
  })
}

function begin(run: Run): void {
  current = run
  run.kernel.recorder.sink = (rows) => postRows(run, rows)
}

/** A fault of ours must not leave the page waiting: it is said, and the page decides. */
function guarded(act: () => void): void {
  try {
    act()
  } catch (error) {
    post({ type: 'failed', run: order, message: error instanceof Error ? error.message : String(error) })
  }
}

function resume(next: Scenario, from: number): void {
  const past = current?.keyframes.until(from)
  const frame: Keyframe | null = past?.before(from) ?? null
  const run = frame === null || past === undefined ? createRun(next) : resumeRun(next, frame, past)
  const { wires, entities, levels } = run.legend
  begin(run)
  post({
    type: 'resumed',
    run: order,
    keepRows: frame?.rows ?? 0,
    keepEntities: frame === null ? 0 : entities.length,
    keepLevels: frame === null ? 0 : levels.length,
    keepWires: frame === null ? 0 : wires.length,
  })
  work(run, order, 0)
}

/** Rows of a window that the page no longer holds, from the keyframe before it. */
function detail(from: number, to: number): void {
  if (scenario === null || current === null) return
  const frame = current.keyframes.before(from)
  const run = frame === null ? createRun(scenario) : resumeRun(scenario, frame, current.keyframes.until(from))
  const rows: Rows[] = []
  run.kernel.recorder.sink = (chunk) => {
    if ((chunk.at[chunk.length - 1] ?? 0) >= from) rows.push(trimmed(chunk))
  }
  let over = false
  while (!over && run.kernel.now <= to) over = run.advance(SLICE)
  run.kernel.recorder.flush()
  const { wires, entities, levels } = run.legend
  post({ type: 'detail', run: order, from, to, rows, legend: { wires, entities, levels } })
}

self.onmessage = ({ data }) => {
  order = data.type === 'stop' ? order + 1 : data.run
  guarded(() => {
    if (data.type === 'run') {
      scenario = data.scenario
      const run = createRun(scenario)
      begin(run)
      post({ type: 'head', run: order, head: run.head })
      work(run, order, 0)
    } else if (data.type === 'resume') {
      scenario = data.scenario
      resume(scenario, data.from)
    } else if (data.type === 'detail') detail(data.from, data.to)
  })
}
