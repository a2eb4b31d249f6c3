import type { PlayerEvent } from './player.machine'
import { nextSpeed } from './paceText'

interface KeyPress {
  readonly key: string
  readonly shiftKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
}

export interface PlayerKey {
  readonly key: string
  readonly shift?: boolean
  /** For the shortcut list. */
  readonly shown: string
  readonly does: string
  event(speed: number): PlayerEvent
}

const SECOND = 1_000_000

/** Keys of the transport, wherever the focus is outside text and controls. */
export const PLAYER_KEYS: readonly PlayerKey[] = [
  { key: ' ', shown: 'Space', does: 'Play or pause', event: () => ({ type: 'toggle' }) },
  { key: '.', shown: '.', does: 'Step forward', event: () => ({ type: 'step', direction: 1 }) },
  { key: ',', shown: ',', does: 'Step back', event: () => ({ type: 'step', direction: -1 }) },
  { key: 'ArrowRight', shown: '→', does: 'Step forward', event: () => ({ type: 'step', direction: 1 }) },
  { key: 'ArrowLeft', shown: '←', does: 'Step back', event: () => ({ type: 'step', direction: -1 }) },
  {
    key: 'ArrowRight',
    shift: true,
    shown: 'Shift →',
    does: '1 s forward',
    event: () => ({ type: 'nudge', by: SECOND }),
  },
  { key: 'ArrowLeft', shift: true, shown: 'Shift ←', does: '1 s back', event: () => ({ type: 'nudge', by: -SECOND }) },
  { key: 'PageDown', shown: 'Page down', does: '10 s forward', event: () => ({ type: 'nudge', by: 10 * SECOND }) },
  { key: 'PageUp', shown: 'Page up', does: '10 s back', event: () => ({ type: 'nudge', by: -10 * SECOND }) },
  { key: 'Home', shown: 'Home', does: 'To the start', event: () => ({ type: 'toStart' }) },
  { key: 'End', shown: 'End', does: 'To the end', event: () => ({ type: 'toEnd' }) },
  { key: ']', shown: ']', does: 'Faster', event: (speed) => ({ type: 'speed', pace: nextSpeed(speed, 1) }) },
  { key: '[', shown: '[', does: 'Slower', event: (speed) => ({ type: 'speed', pace: nextSpeed(speed, -1) }) },
  { key: '\\', shown: '\\', does: 'Smart time', event: () => ({ type: 'smart', on: true }) },
  {
    key: 'j',
    shown: 'J',
    does: 'Next cold start',
    event: () => ({ type: 'jump', kind: 'coldStart', direction: 1 }),
  },
  {
    key: 'j',
    shift: true,
    shown: 'Shift J',
    does: 'Previous cold start',
    event: () => ({ type: 'jump', kind: 'coldStart', direction: -1 }),
  },
]

/** The event a key press means; null when it means none. `speed` is the manual pace now. */
export function keyToEvent(press: KeyPress, speed: number): PlayerEvent | null {
  if (press.ctrlKey || press.metaKey || press.altKey) return null
  // Caps Lock changes nothing
  const pressed = press.key.length === 1 ? press.key.toLowerCase() : press.key
  const found = PLAYER_KEYS.find(({ key, shift = false }) => key === pressed && shift === press.shiftKey)
  return found ? found.event(speed) : null
}

const OWN_KEYS = 'input, textarea, select, button, a, [contenteditable], [role], summary'

/** Whether a key press belongs to the element it was made on. A plain `tabindex` box (canvas, timeline) decides for itself. */
export function ownsKeys(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(OWN_KEYS) !== null
}
