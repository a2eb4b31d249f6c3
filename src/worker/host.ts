import { createRun, prepare, resumeRun, type Run } from '../engine/create-run'
import type { EventContent, Rows } from '../model/recording'
import type { Scenario } from '../model/scenario'
import type { ContentJob } from './content-job'
import { DetailJob } from './detail-job'
import { importContentJob } from './further'
import { LegendTeller } from './legend-teller'
import type { Detail, FromWorker, Holdings, ToWorker } from './protocol'
import { rowBuffers, trimmed } from './rows'

/** Events per slice: some 20 ms of work. */
const SLICE = 40_000
/** Slices between two progress messages, once a run is long. */
const QUIET = 4
/** From this slice on a run is long, and told of twice as seldom. */
const LONG = 32
/** Rows the page is sent as a run goes; further ones are computed again where someone looks (design.md 5). */
export const MOST_ROWS = 1_000_000

/** Rows of a rehearsed window, about as many as the page asks for at first. */
const REHEARSED = 24_000

/** What the host needs of the place it lives in. */
export interface HostPort {
  post(message: FromWorker, transfer: ArrayBufferLike[]): void
  /** Runs `act` soon, after messages that wait. */
  later(act: () => void): void
}

/** The simulator behind the message port: runs ahead in slices, so that a new order is heard between two of them. */
export class SimulatorHost {
  readonly #port: HostPort
  readonly #mostRows: number
  #order = 0
  #scenario: Scenario | null = null
  #current: Run | null = null
  #teller = new LegendTeller()
  #detail: DetailJob | null = null
  /** Rows whose content was asked for and not answered yet, and the request that is worked on. */
  #contents: (readonly number[])[] = []
  #content: ContentJob | null = null
  /** Rows sent of the run, without a gap from its first; `#cut`: no further ones will be. */
  #sent = 0
  #cut = false
  #rehearsed = false

  constructor(port: HostPort, mostRows = MOST_ROWS) {
    this.#port = port
    this.#mostRows = mostRows
  }

  receive(message: ToWorker): void {
    if (message.type === 'detail') {
      // asked of a run that is no more
      if (message.run !== this.#order) return
      return this.#guarded(() => this.#startDetail(message))
    }
    if (message.type === 'content') {
      if (message.run === this.#order && this.#contents.push(message.rows) === 1) this.#nextContent(message.run)
      return
    }
    this.#order = message.type === 'stop' ? this.#order + 1 : message.run
    this.#detail = null
    this.#content = null
    this.#contents = []
    if (message.type === 'stop') return
    this.#guarded(() => {
      const loading = prepare(message.scenario)
      if (loading === null) return this.#start(message)
      // a resumption that overtakes this run has nothing to resume from
      this.#current = null
      const mine = this.#order
      // an order that came meanwhile is the one that counts
      loading.then(
        () => mine === this.#order && this.#guarded(() => this.#start(message)),
        (error: unknown) => this.#failed(mine, error),
      )
    })
  }

  #start(message: ToWorker & { type: 'run' | 'resume' }): void {
    this.#scenario = message.scenario
    if (message.type === 'run') this.#run(message.scenario)
    else this.#resume(message.scenario, message.from, message.holds)
  }

  #run(scenario: Scenario): void {
    const run = createRun(scenario)
    this.#begin(run, { rows: 0, wires: 0, entities: 0, levels: 0 })
    this.#post({ type: 'head', run: this.#order, head: run.head })
    this.#work(run, this.#order, 0)
  }

  #resume(scenario: Scenario, from: number, holds: Holdings): void {
    const past = this.#current?.keyframes
    // rows that were on their way when the page gave the order are lost to it; those beyond the cut are not sent anyway
    const rows = this.#cut && holds.rows >= this.#sent ? Infinity : holds.rows
    const frame = past?.all.findLast((each) => each.at < from && each.rows <= rows) ?? null
    const run =
      frame === null || past === undefined
        ? createRun(scenario)
        : resumeRun(scenario, frame, past.until(Math.min(from, frame.at + 1)))
    const { wires, born, levels } = run.legend
    const kept =
      frame === null
        ? { rows: 0, wires: 0, entities: 0, levels: 0 }
        : { rows: frame.rows, wires: wires.length, entities: born, levels: levels.length }
    this.#begin(run, {
      rows: Math.min(kept.rows, holds.rows),
      wires: Math.min(kept.wires, holds.wires),
      entities: Math.min(kept.entities, holds.entities),
      levels: Math.min(kept.levels, holds.levels),
    })
    this.#cut = run.kernel.recorder.brief = kept.rows > holds.rows
    this.#post({
      type: 'resumed',
      run: this.#order,
      keepRows: kept.rows,
      keepEntities: kept.entities,
      keepLevels: kept.levels,
      keepWires: kept.wires,
    })
    this.#work(run, this.#order, 0)
  }

  /** `held`: what the page has of this run. */
  #begin(run: Run, held: Holdings): void {
    this.#current = run
    this.#teller = new LegendTeller(held)
    this.#sent = held.rows
    this.#cut = false
    run.kernel.recorder.sink = (rows) => {
      if (this.#cut) return run.kernel.recorder.recycle(rows)
      const length = Math.min(rows.length, this.#mostRows - rows.first)
      this.#cut = run.kernel.recorder.brief = length < rows.length
      if (length <= 0) return
      this.#sent = rows.first + length
      this.#postRows(run, { ...rows, length })
    }
  }

  /** Computes slice after slice until the run is over or another order came. */
  #work(run: Run, mine: number, slice: number): void {
    if (mine !== this.#order) return
    this.#guarded(() => {
      const over = run.advance(SLICE)
      run.kernel.recorder.flush()
      if (over || slice < QUIET || slice % (slice < LONG ? QUIET : 2 * QUIET) === 0) this.#tell(run)
      this.#port.later(() => (over ? this.#rehearse(run, mine) : this.#work(run, mine, slice + 1)))
    })
  }

  /**
   * Once a run is there that the page holds only in part: works out two windows nobody asked for, so that the first one somebody does ask for
   * finds its code compiled (100 ms become 40).
   */
  #rehearse(run: Run, mine: number): void {
    const free = (): boolean => mine === this.#order && this.#detail === null
    if (this.#rehearsed || !this.#cut || !free()) return
    this.#rehearsed = true
    const windows = [0.25, 0.75].map((share) => Math.floor(share * run.kernel.now))
    const next = (job: DetailJob | null): void => {
      if (!free()) return
      if (job !== null && !job.step(SLICE)) return this.#port.later(() => next(job))
      const at = windows.pop()
      if (at === undefined) return
      const another = new DetailJob(this.#scenario!, run, { at, from: at, to: run.kernel.now, most: REHEARSED })
      this.#port.later(() => next(another))
    }
    next(null)
  }

  #startDetail(message: ToWorker & { type: 'detail' }): void {
    if (this.#scenario === null || this.#current === null) return
    const { at, from, to, most } = message
    this.#detail = new DetailJob(this.#scenario, this.#current, { at, from, to, most })
    this.#workOn(this.#detail)
  }

  /** Slices of the window take turns with slices of the run. */
  #workOn(job: DetailJob): void {
    if (job !== this.#detail) return
    this.#guarded(() => {
      if (!job.step(SLICE)) {
        this.#port.later(() => this.#workOn(job))
        return
      }
      this.#detail = null
      const { detail, legend } = job.answer()
      this.#post(
        { type: 'detail', run: this.#order, request: job.request, detail, legend: this.#teller.news(legend) },
        buffersOf(detail),
      )
    })
  }

  /** What reads contents is loaded when somebody asks for the first time. */
  #nextContent(mine: number): void {
    const start = (module: { ContentJob: typeof ContentJob }): void => {
      if (mine !== this.#order) return
      this.#content = new module.ContentJob(this.#scenario!, this.#current!, this.#contents[0]!)
      this.#read(this.#content)
    }
    importContentJob()
      .then(start)
      .catch(() => mine === this.#order && this.#tellContent(null))
  }

  #read(job: ContentJob): void {
    if (job !== this.#content) return
    try {
      if (!job.step(SLICE)) this.#port.later(() => this.#read(job))
      else this.#tellContent(job.answer())
    } catch {
      // a run that cannot be looked into is shown all the same
      this.#tellContent(null)
    }
  }

  #tellContent(found: readonly (EventContent | null)[] | null): void {
    this.#content = null
    const rows = this.#contents.shift()!
    this.#post({ type: 'content', run: this.#order, rows, contents: found ?? rows.map(() => null) })
    if (this.#contents.length > 0) this.#nextContent(this.#order)
  }

  #postRows(run: Run, rows: Rows): void {
    const sent = trimmed(rows)
    this.#post({ type: 'rows', run: this.#order, rows: sent, legend: this.#teller.news(run.legend) }, rowBuffers(sent))
  }

  #tell(run: Run): void {
    this.#post({
      type: 'progress',
      run: this.#order,
      progress: run.progress(),
      series: run.series(),
      costs: run.costs(),
    })
  }

  /** A fault of ours must not leave the page waiting: it is said, and the page decides. */
  #guarded(act: () => void): void {
    try {
      act()
    } catch (error) {
      this.#failed(this.#order, error)
    }
  }

  #failed(run: number, error: unknown): void {
    if (run !== this.#order) return
    this.#detail = null
    this.#post({ type: 'failed', run, message: error instanceof Error ? error.message : String(error) })
  }

  #post(message: FromWorker, transfer: ArrayBufferLike[] = []): void {
    this.#port.post(message, transfer)
  }
}

function buffersOf({ standing, rows }: Detail): ArrayBufferLike[] {
  const columns = [standing.states, standing.levels, standing.counts].flatMap((group) => Object.values(group))
  return [...columns.map((column: { buffer: ArrayBufferLike }) => column.buffer), ...rows.flatMap(rowBuffers)]
}
