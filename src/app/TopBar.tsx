import { lazy, Suspense } from 'react'
import { useStore } from 'zustand'
import { Button } from '../ui/Button'
import { Glyph } from '../ui/glyphs'
import { IconButton } from '../ui/IconButton'
import { Menu } from '../ui/Menu'
import { Tag } from '../ui/Tag'
import { announce } from '../ui/announce'
import { useWidth } from '../ui/width'
import { goHome, openEmpty, openFromFile, saveToFile } from './open'
import { ThemeButton } from './StartPage'
import type { Workspace } from './workspace'

const ShareDialog = lazy(() => import('./ShareDialog'))
const Transport = lazy(() => import('../player/Transport'))

/** Document left, transport centred, sharing right. */
export function TopBar({ workspace, onCode }: { workspace: Workspace; onCode: () => void }) {
  const { session, player, run, ui } = workspace
  const scenario = useStore(session.history.store, (state) => state.document)
  const undo = useStore(session.history.store, (state) => state.undoLabels.at(-1))
  const redo = useStore(session.history.store, (state) => state.redoLabels.at(-1))
  const dialog = useStore(ui, (state) => state.dialog)
  const width = useWidth()
  return (
    <header className="top">
      <div className="top-left">
        <button
          type="button"
          className="top-home"
          onClick={() => goHome(workspace)}
          aria-label="Coldstart, to the start page"
        >
          <Glyph name="mark" size={20} />
          <span className="top-word">Coldstart</span>
        </button>
        <span className="top-rule" />
        <Menu
          trigger={
            <button type="button" className="top-name">
              <h1 className="truncate">{scenario.name}</h1>
              <Glyph name="chevron-down" size={12} />
            </button>
          }
          entries={[
            { label: 'New scenario', onSelect: () => void openEmpty(workspace) },
            { label: 'Open a file', shortcut: 'Ctrl O', onSelect: () => void openFromFile(workspace) },
            { label: 'Bring your own network', onSelect: () => ui.setState({ dialog: 'network' }) },
            { label: 'Save a file', shortcut: 'Ctrl S', onSelect: () => void saveToFile(workspace) },
            { kind: 'separator' },
            { label: 'Edit as code', onSelect: onCode },
            { label: 'All scenarios', onSelect: () => goHome(workspace) },
          ]}
        />
        <SaveState workspace={workspace} />
      </div>
      <div className="top-middle">
        <IconButton
          glyph="undo"
          label={undo === undefined ? 'Nothing to undo' : `Undo ${undo}`}
          shortcut="Ctrl Z"
          disabled={undo === undefined}
          onClick={() => undoStep(workspace)}
        />
        <IconButton
          glyph="redo"
          label={redo === undefined ? 'Nothing to redo' : `Redo ${redo}`}
          shortcut="Ctrl Shift Z"
          disabled={redo === undefined}
          onClick={() => redoStep(workspace)}
        />
        <Suspense fallback={<div className="top-transport" />}>
          <Transport player={player} store={run} onMark={(mark) => ui.setState({ row: mark.row })} />
        </Suspense>
      </div>
      <div className="top-right">
        {width === 'phone' && (
          <Tag>
            <Glyph name="lock" size={12} />
            read-only
          </Tag>
        )}
        <span className="top-tags">
          <Tag>Seed {scenario.seed}</Tag>
          <Tag>{scenario.profile}</Tag>
        </span>
        <ThemeButton />
        <Button variant="primary" glyph="share" onClick={() => ui.setState({ dialog: 'share' })}>
          Share
        </Button>
        {dialog === 'share' && (
          <Suspense fallback={null}>
            <ShareDialog workspace={workspace} onClose={() => ui.setState({ dialog: null })} />
          </Suspense>
        )}
      </div>
    </header>
  )
}

export function undoStep({ session, canEdit }: Workspace): void {
  const label = canEdit() ? session.history.undo() : null
  if (label !== null) announce(`Undone: ${label}`)
}
export function redoStep({ session, canEdit }: Workspace): void {
  const label = canEdit() ? session.history.redo() : null
  if (label !== null) announce(`Redone: ${label}`)
}

/** Whether the document is kept, in words; always there, so that nothing is lost unnoticed. */
function SaveState({ workspace }: { workspace: Workspace }) {
  const save = useStore(workspace.session.store, (state) => state.save)
  if (save.status === 'not-saved') {
    return (
      <span className="top-save" data-bad="" role="status">
        <Glyph name="warning" size={14} />
        <span className="truncate" title={save.message}>
          {save.message}
        </span>
        <Button size="sm" onClick={() => void saveToFile(workspace)}>
          Save a file
        </Button>
      </span>
    )
  }
  return (
    <span className="top-save" role="status">
      <span className="truncate">{save.status === 'saved' ? 'Saved in this browser' : 'Saving'}</span>
    </span>
  )
}
