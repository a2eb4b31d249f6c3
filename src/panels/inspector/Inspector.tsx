import { ownerOf } from '../../drawing'
import { EmptyState } from '../../ui/EmptyState'
import { ConnectionPanel } from './ConnectionPanel'
import { ManyPanel } from './ManyPanel'
import { ResourcePanel } from './ResourcePanel'
import { ScenarioPanel } from './ScenarioPanel'
import type { InspectorProps } from './types'
import { WhyPanel } from './why/WhyPanel'
import './inspector.css'
import './behavior/steps.css'

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
      if (known.length > 1) return <ManyPanel {...props} ids={known} />
      // a version or an alias is shown with its function: a form of its own would let a version be changed
      const owner = ownerOf(only, props.scenario)
      return owner !== null && props.scenario.resources[owner] !== undefined ? (
        <ResourcePanel key={only} {...props} id={owner} release={only} />
      ) : (
        <ResourcePanel {...props} id={only} />
      )
    }
  }
}
