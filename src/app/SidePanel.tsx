import { useMemo, useSyncExternalStore } from 'react'
import { useStore } from 'zustand'
import type { CanvasProps } from '../canvas'
import type { Drawing } from '../drawing'
import { toMicros, toSeconds } from '../model/units'
import { Inspector } from '../panels/inspector/Inspector'
import { runQueries } from '../panels/inspector/run-queries'
import type { Selection } from '../panels/inspector/types'
import { patchRecipe } from '../panels/problems/applyPatches'
import type { Words } from '../state/run/describe'
import { tell } from '../canvas'
import { ask } from './reach'
import type { Workspace } from './workspace'

interface SidePanelProps {
  workspace: Workspace
  picture: Drawing
  words: Words
  readOnly: boolean
  commands: Pick<CanvasProps, 'onRename' | 'onRemove' | 'onDuplicate'>
  onCode: () => void
}

/** The inspector, wired. */
export default function SidePanel({ workspace, picture, words, readOnly, commands, onCode }: SidePanelProps) {
  const { session, run, player, simulation, ui } = workspace
  const scenario = useStore(session.history.store, (state) => state.document)
  const normalised = useStore(simulation.store, (state) => state.normalised)
  const problems = useStore(simulation.store, (state) => state.problems)
  const chosen = useStore(ui, (state) => state.selection)
  const row = useStore(ui, (state) => state.row)
  const version = useSyncExternalStore(run.subscribe, run.version)
  const queries = useMemo(() => ({ ...runQueries(run, words), version }), [run, words, version])
  const selection = useMemo(() => selectionOf(picture, chosen, row), [picture, chosen, row])
  return (
    <Inspector
      scenario={scenario}
      normalised={normalised ?? scenario}
      selection={selection}
      problems={problems}
      readOnly={readOnly}
      run={queries}
      playhead={player.playhead}
      onEdit={(label, patches, key) => {
        if (workspace.canEdit()) session.history.edit(label, patchRecipe(patches), key)
      }}
      onSelect={(next) => ui.setState(toUi(picture, next))}
      onSeek={(at) => player.send({ type: 'seek', at })}
      onIntervene={(intervention) => {
        // what happens now happens at the playhead, a microsecond after what is already shown
        const at = toSeconds(player.playhead.get() + 1)
        const list = [...(scenario.interventions ?? []), { ...intervention, at }]
        // a replay takes its time after that
        const after = 'replay' in intervention ? 60 + (intervention.to - intervention.from) / 60 : 0
        workspace.edit('Intervene', {
          ...scenario,
          interventions: list,
          duration: Math.max(scenario.duration, Math.ceil(toSeconds(toMicros(at + after)))),
        })
      }}
      onRename={(id, name) => tell(commands.onRename(id, name))}
      onRemove={(ids) => tell(commands.onRemove(ids))}
      onDuplicate={(ids) => tell(commands.onDuplicate(ids))}
      onAsk={(query, walk) => ask(workspace, query, walk)}
      onBuild={(building) => ui.setState({ building })}
      onEvent={(event) => ui.setState({ event, dock: 'events' })}
      onOpenCode={onCode}
    />
  )
}

/** Drawn ids and a chosen row, as the inspector speaks of them. */
function selectionOf(picture: Drawing, chosen: readonly string[], row: number | null): Selection {
  if (row !== null) return { kind: 'row', row }
  const [only] = chosen
  const edge = only === undefined || chosen.length > 1 ? undefined : picture.edgeById.get(only)
  if (edge?.connection) return { kind: 'connection', connection: edge.connection }
  const ids = chosen.flatMap(
    (id) => picture.nodeById.get(id)?.resource ?? (picture.nodeById.has(id) || picture.edgeById.has(id) ? [] : id),
  )
  return ids.length === 0 ? { kind: 'nothing' } : { kind: 'resources', ids }
}

function toUi(picture: Drawing, next: Selection): { selection: readonly string[]; row: number | null } {
  switch (next.kind) {
    case 'nothing':
      return { selection: [], row: null }
    case 'resources':
      return { selection: next.ids, row: null }
    case 'connection': {
      const edge = picture.edges.find(({ connection }) => connection === next.connection)
      return { selection: edge === undefined ? [] : [edge.id], row: null }
    }
    case 'row':
      return { selection: [], row: next.row }
  }
}
