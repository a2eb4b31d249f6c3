import './data.css'

export type SlotState = 'cold' | 'init' | 'restore' | 'busy' | 'idle' | 'reset' | 'reclaimed' | 'pending'

/** A 14 x 10 px sample of a slot's pattern, for legends and direct labels; the word stands beside it. */
export function Swatch({ state }: { state: SlotState }) {
  return <i className="ui-swatch" data-state={state} aria-hidden="true" />
}
