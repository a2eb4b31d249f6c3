import { CONNECTORS } from '../../services/connectors'
import type { Connection } from '../../services/service'
import { Button } from '../../ui/Button'
import { Section } from '../../ui/Section'
import { announce } from '../../ui/announce'
import { Header } from './Header'
import { resourcePatches } from './patches'
import { ResourcePanel } from './ResourcePanel'
import type { InspectorProps } from './types'
import { kindOf, nameOf } from './words'

type Props = Omit<InspectorProps, 'selection' | 'readOnly'> & { connection: Connection; readOnly: boolean }

const INVOKE_CONFIG = 'AWS::Lambda::EventInvokeConfig'

/** A wire: what it is, the resource behind it, and how to remove it. */
export function ConnectionPanel(props: Props) {
  const { connection, scenario, readOnly, onEdit, onSelect } = props
  const { from, to, action, resource, style, label } = connection
  const [source, target] = [nameOf(from, scenario), nameOf(to, scenario)]
  const behind = resource === undefined ? undefined : kindOf(resource, scenario)
  const open = (id: string) => onSelect({ kind: 'resources', ids: [id] })

  function remove() {
    const connector = CONNECTORS.find((each) => each.derive(scenario).some((other) => sameWire(other, connection)))
    if (connector === undefined) return
    const { resources, said } = connector.disconnect(connection, scenario)
    onEdit(`Disconnect ${source} from ${target}`, resourcePatches(scenario, resources))
    announce(said)
    onSelect({ kind: 'nothing' })
  }

  const about = (
    <Section title="Connection">
      {resource !== undefined && scenario.resources[resource]?.Type === INVOKE_CONFIG ? (
        <>
          <p>
            Records of events of <b className="strong">{source}</b> go to <b className="strong">{target}</b> {label}.
          </p>
          <p className="xs dim insp-hint">
            Asynchronous events only: a caller that waits gets its answer itself (INV-10).
          </p>
        </>
      ) : behind ? (
        <>
          <p>
            {behind.label} from <b className="strong">{source}</b> to <b className="strong">{target}</b>.
          </p>
          <p className="xs dim insp-hint">{behind.summary}</p>
        </>
      ) : (
        <>
          <p>
            <b className="strong">{source}</b> calls {action} on <b className="strong">{target}</b>.
          </p>
          <p className="xs dim insp-hint">
            {style === 'sync'
              ? 'The caller waits for the answer: a solid wire.'
              : 'The caller hands over and goes on: a dashed wire.'}
          </p>
        </>
      )}
      <div className="insp-fixes">
        <Button size="sm" onClick={() => open(from)}>
          Open {source}
        </Button>
        <Button size="sm" onClick={() => open(to)}>
          Open {target}
        </Button>
        {!readOnly && (
          <Button size="sm" variant="danger" onClick={remove}>
            Remove
          </Button>
        )}
      </div>
    </Section>
  )
  if (resource !== undefined && scenario.resources[resource] !== undefined) {
    return (
      <>
        {about}
        <ResourcePanel {...props} id={resource} />
      </>
    )
  }
  return (
    <>
      <Header glyph="link" name={`${source} to ${target}`} typeLine={`Connection · ${action}`} entries={[]} />
      {about}
    </>
  )
}

const sameWire = (a: Connection, b: Connection): boolean =>
  a.from === b.from && a.to === b.to && a.action === b.action && a.port === b.port && a.resource === b.resource
