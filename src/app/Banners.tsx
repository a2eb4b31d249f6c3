import { useSyncExternalStore } from 'react'
import { useStore } from 'zustand'
import { Button } from '../ui/Button'
import { Glyph } from '../ui/glyphs'
import { toast } from '../ui/toast'
import { duplicateDocument, keepDocument } from './open'
import type { Workspace } from './workspace'

/** What must be known before anything else: whose scenario it is, whether it can be changed, whether the run is true. */
export function Banners({ workspace }: { workspace: Workspace }) {
  const { ui, session, run, simulation, player } = workspace
  const untrusted = useStore(ui, (state) => state.untrusted)
  const newer = useStore(ui, (state) => state.newer)
  const lock = useStore(session.store, (state) => state.lock)
  const held = useStore(simulation.store, (state) => state.held)
  const problem = useStore(simulation.store, (state) => state.problems.find(({ severity }) => severity === 'error'))
  const status = useSyncExternalStore(run.subscribe, run.status)
  return (
    <div className="banners">
      {newer !== null && (
        <p className="banner" role="status">
          <Glyph name="info" />
          <span>
            This link was made by a newer version. It is read-only here.
            {newer.unknownKeys.length > 0 && ` Not understood: ${newer.unknownKeys.join(', ')}.`}
          </span>
          <Button size="sm" onClick={() => location.reload()}>
            Reload to update
          </Button>
        </p>
      )}
      {untrusted && newer === null && (
        <p className="banner" role="status">
          <Glyph name="link" />
          <span>Someone else made this scenario. It is paused. Look, then run it.</span>
          <Button
            size="sm"
            onClick={() => {
              ui.setState({ untrusted: false })
              player.send({ type: 'play' })
            }}
          >
            Run
          </Button>
          <Button
            size="sm"
            variant="quiet"
            onClick={() => {
              ui.setState({ untrusted: false })
              void keepDocument(workspace)
            }}
          >
            Keep a copy
          </Button>
        </p>
      )}
      {lock.mode === 'read-only' && (
        <p className="banner" role="status">
          <Glyph name="lock" />
          <span>{lock.message}</span>
          <Button
            size="sm"
            onClick={() =>
              void session.takeOver().then((opened) => {
                if (!opened.ok) toast.show({ title: opened.message })
              })
            }
          >
            Take over
          </Button>
          <Button size="sm" variant="quiet" onClick={() => void duplicateDocument(workspace)}>
            Duplicate
          </Button>
        </p>
      )}
      {held && problem !== undefined && (
        <p className="banner" data-bad="" role="status">
          <Glyph name="warning" />
          <span>{problem.message} The run shown is of the last valid drawing.</span>
          <Button size="sm" onClick={() => ui.setState({ dock: 'problems' })}>
            Problems
          </Button>
        </p>
      )}
      {status.failure !== null && (
        <p className="banner" data-bad="" role="alert">
          <Glyph name="error" />
          <span>
            The simulator stopped twice on this drawing: {status.failure} Your drawing is safe. Undo the last edit.
          </span>
        </p>
      )}
      {status.stopped !== null && (
        <p className="banner" data-bad="" role="status">
          <Glyph name="warning" />
          <span>{status.stopped} Something may be calling itself in a circle.</span>
        </p>
      )}
    </div>
  )
}
