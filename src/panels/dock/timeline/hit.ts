import { clock, digits, span } from '../../../state/run/clock'
import { slotWord } from '../../../state/run/machines'
import { spaced } from '../../../state/run/describe'
import type { RunStore } from '../../../state/run/runStore'
import { laneAt, type Lane, type LaneModel } from './lanes'

/** What lies under a point of the timeline. */
export interface Hit {
  readonly lane: Lane
  readonly resource: string
  /** -1 on a level lane. */
  readonly entity: number
  /** Row that began what is there; -1 for none. */
  readonly row: number
  /** One line for the tooltip. */
  readonly text: string
}

/** `y` from the top of all lanes (px), `t` in µs. */
export function hitAt(store: RunStore, model: LaneModel, y: number, t: number): Hit | null {
  const lane = laneAt(model, y)
  if (lane === null || t > store.status().until || !store.known(t)) return null
  if (lane.type === 'levels') {
    const texts = lane.levels.map((level) => {
      const value = digits(store.levelValue(level, t))
      return lane.label === '' ? `${value} ${spaced(store.levels[level]!.name)}` : `${lane.label}: ${value}`
    })
    return { lane, resource: lane.resource, entity: -1, row: -1, text: `${clock(t)} · ${texts.join(', ')}` }
  }
  const state = store.stateAt(lane.entity, t)
  if (state === null) return null
  const look = store.look(lane.entity)
  const word = look?.environment ? slotWord(look.looks[state.code] ?? 'idle') : spaced(look?.states[state.code] ?? '')
  const length = state.until < Infinity ? ` for ${span(state.until - state.since)}` : ''
  return {
    lane,
    resource: lane.resource,
    entity: lane.entity,
    row: state.row,
    text: `${lane.label} ${word}${length}, from ${clock(state.since)}`,
  }
}
