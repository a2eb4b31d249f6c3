import { slotWord } from '../state/run/machines'
import { Swatch, type SlotState } from '../ui/Swatch'

const STATES: readonly SlotState[] = ['cold', 'init', 'restore', 'busy', 'idle', 'reclaimed']

/** The words for the patterns of environments, while any function is drawn. */
export function Legend({ restores }: { restores: boolean }) {
  const shown = STATES.filter((state) => restores || state !== 'restore')
  return (
    <div className="cs-legend" role="note" aria-label="Environment states">
      {shown.map((state) => (
        <span key={state}>
          <Swatch state={state} />
          {slotWord(state)}
        </span>
      ))}
    </div>
  )
}
