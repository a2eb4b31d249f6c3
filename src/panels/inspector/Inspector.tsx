import { EmptyState } from '../../ui/EmptyState'
import { ConnectionPanel } from './ConnectionPanel'
import { ManyPanel } from './ManyPanel'
import { ResourcePanel } from './ResourcePanel'
import { ScenarioPanel } from './ScenarioPanel'
import type { InspectorProps } from './types'
import { WhyPanel } from './why/WhyPanel'
import './inspector.css'

export type { InspectorProps } from './types'

/** The right column: the form, explanations and commands of what is selected; the scenario when nothing is. */
export function Inspector({ selection, readOnly = false, ...rest }: InspectorProps) {
  const props = { ...rest, readOnly }
  return (
    <section className="insp" aria-label="Inspector">
      <Content selection={selection} props={props} />
    </section>
  )
}

type Rest = Omit<InspectorProps, 'selection' | 'readOnly'> & { readOnly: boolean }

function Content({ selection, props }: { selection: InspectorProps['selection']; props: Rest }) {
  switch (selection.kind) {
    case 'nothing':
      return <ScenarioPanel {...props} />
    case 'connection':
      return <ConnectionPanel {...props} connection={selection.connection} />
    case 'row':
      return (
        <div className="insp-panel insp-scroll">
          <WhyPanel
            key={selection.row}
            {...props}
            row={selection.row}
            onClose={() => props.onSelect({ kind: 'nothing' })}
          />
        </div>
      )
    case 'resources': {
      const known = selection.ids.filter((id) => props.scenario.resources[id] !== undefined)
      const [only] = known
      if (only === undefined)
        return <EmptyState>This is drawn from other resources and has no settings of its own.</EmptyState>
      return known.length === 1 ? <ResourcePanel {...props} id={only} /> : <ManyPanel {...props} ids={known} />
    }
  }
}
