import { lazy, Suspense, useState } from 'react'
import { useStore } from 'zustand'
import type { Building } from '../panels/inspector/types'
import { patchRecipe } from '../panels/problems/applyPatches'
import type { Workspace } from './workspace'

const PatternDialog = lazy(() => import('../panels/pattern/PatternDialog'))
const ScheduleDialog = lazy(() => import('../panels/schedule/ScheduleDialog'))

interface BuilderProps {
  workspace: Workspace
  building: Building
  readOnly: boolean
}

/** The builder of a property, wired: of a pattern or of a schedule. */
export default function Builder({ workspace, building, readOnly }: BuilderProps) {
  const { session, run, player, ui } = workspace
  const scenario = useStore(session.history.store, (state) => state.document)
  const [now] = useState(() => player.playhead.get())
  const [opener] = useState(() => document.activeElement as HTMLElement | null)
  const given = {
    building,
    scenario,
    readOnly,
    onEdit: (label: string, patches: Parameters<typeof patchRecipe>[0]) => {
      if (workspace.canEdit()) session.history.edit(label, patchRecipe(patches))
    },
    onClose: () => ui.setState({ building: null }),
    // an edit may have drawn the door anew
    door: () =>
      opener?.isConnected === true && opener !== document.body
        ? opener
        : document.querySelector<HTMLElement>(
            `[data-field="${CSS.escape(building.path)}"] .insp-door button, .insp [role="tab"]`,
          ),
  }
  return (
    <Suspense fallback={null}>
      {building.tool === 'pattern' ? <PatternDialog {...given} run={run} now={now} /> : <ScheduleDialog {...given} />}
    </Suspense>
  )
}
