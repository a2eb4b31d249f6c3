import { Swatch, type SlotState } from '../ui/Swatch'

const STATES: readonly { state: SlotState; word: string }[] = [
  { state: 'cold', word: 'cold' },
  { state: 'init', word: 'init' },
  { state: 'busy', word: 'busy' },
  { state: 'idle', word: 'warm' },
  { state: 'reclaimed', word: 'gone' },
]

/** The words for the patterns of environments, while any function is drawn. */
export function Legend() {
  return (
    <div className="cs-legend" role="note" aria-label="Environment states">
      {STATES.map(({ state, word }) => (
        <span key={state}>
          <Swatch state={state} />
          {word}
        </span>
      ))}
    </div>
  )
}
