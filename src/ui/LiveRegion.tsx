import { useSyncExternalStore } from 'react'
import { announcement, announcementTurn, subscribeToAnnouncements } from './announce'

export { announce } from './announce'

/** Two polite regions that take turns, so that repeating a sentence is heard. Render it once. */
export function LiveRegion() {
  const turn = useSyncExternalStore(subscribeToAnnouncements, announcementTurn)
  const even = turn % 2 === 0
  return (
    <div className="visually-hidden">
      <div role="status" aria-live="polite">
        {even ? announcement() : ''}
      </div>
      <div role="status" aria-live="polite">
        {even ? '' : announcement()}
      </div>
    </div>
  )
}
