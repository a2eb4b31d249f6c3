import { Swatch, type SlotState } from '../ui/Swatch'

const STATES: readonly { state: SlotState; word: string }[] = [
  { state: 'cold', word: 'cold' },
  { state: 'init', word: 'init' },
  { state: 'restore', word: 'restore' },
  { state: 'busy', word: 'busy' },
  { state: 'idle', word: 'warm' },
  { state: 'reclaimed', word: 'gone' },
]

/** The words for the patterns of environments, while any function is drawn. */
export function Legend({ restores }: { restores: boolean }) {
  const shown = STATES.filter(({ state }) => restores || state !== 'restore')
  return (
    <div className="cs-legend" role="note" aria-label="Environment states">
      {shown.map(({ state, word }) => (
        <span key={state}>
          <Swatch state={state} />
          {word}
        </span>
      ))}
    </div>
  )
}
