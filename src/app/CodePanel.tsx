import { useStore } from 'zustand'
import { CodeEditor } from '../panels/code/CodeEditor'
import { useTheme } from '../ui/theme'
import type { Workspace } from './workspace'

/** The document as text, wired; loaded only when asked for, because the editor is the heaviest part of the program. */
export default function CodePanel({ workspace, onClose }: { workspace: Workspace; onClose: () => void }) {
  const { session } = workspace
  const scenario = useStore(session.history.store, (state) => state.document)
  const lock = useStore(session.store, (state) => state.lock.mode)
  const { resolved } = useTheme()
  return (
    <CodeEditor
      scenario={scenario}
      theme={resolved}
      readOnly={lock === 'read-only' || !workspace.canEdit()}
      onDocument={(next) => workspace.edit('Edit as code', next, 'code')}
      onClose={onClose}
    />
  )
}
