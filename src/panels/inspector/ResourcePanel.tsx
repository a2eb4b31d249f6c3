import { lazy, Suspense, useState } from 'react'
import type { LogicalId } from '../../model/scenario'
import { serviceOf } from '../../services'
import { EmptyState } from '../../ui/EmptyState'
import { Section } from '../../ui/Section'
import { TabPanel, Tabs, type TabItem } from '../../ui/Tabs'
import { problemsAt } from '../problems/problem-list'
import { ProblemItem } from '../problems/ProblemItem'
import { AccessTab } from './access/AccessTab'
import { ChartPanel } from './chart/ChartPanel'
import { resourceCommands } from './commands'
import { DocsTab } from './docs/DocsTab'
import { FormContext } from './form/form-context'
import { Header } from './Header'
import { NetworkTab } from './network/NetworkTab'
import { pointer } from './patches'
import { SetupTab } from './SetupTab'
import type { InspectorProps } from './types'
import { Lately } from './why/Lately'
import { glyphOf, kindOf, nameOf } from './words'

const Held = lazy(() => import('./held/Held'))
const RowsOf = lazy(() => import('../pattern/RowsOf'))
const ClientContent = lazy(() => import('./client/ClientContent'))
const Replay = lazy(() => import('./replay/Replay'))
const VersionsTab = lazy(() => import('./versions/VersionsTab'))

type TabId = 'setup' | 'versions' | 'access' | 'network' | 'chart' | 'docs'

const FUNCTION = 'AWS::Lambda::Function'
const BUS = 'AWS::Events::EventBus'
const TOPIC = 'AWS::SNS::Topic'
const CLIENT = 'Coldstart::Client'
const ARCHIVE = 'AWS::Events::Archive'
/** Properties of a function that are edited under Access and Network. */
const ELSEWHERE = ['Role', 'VpcConfig']

type Props = Omit<InspectorProps, 'selection' | 'readOnly'> & {
  id: LogicalId
  readOnly: boolean
  /** A version or alias of the function to open with. */
  release?: LogicalId | undefined
}

/** One resource: setup, access, network, chart, docs. */
export function ResourcePanel(props: Props) {
  const { id, scenario, normalised, problems, readOnly, run, playhead, onEdit, onSelect, onSeek } = props
  const [wanted, setTab] = useState<TabId>(props.release === undefined ? 'setup' : 'versions')
  const resource = scenario.resources[id]
  if (resource === undefined) return <EmptyState>{id} is not in the drawing any more.</EmptyState>
  const kind = kindOf(id, scenario)
  const isFunction = resource.Type === FUNCTION
  // charts belong to a service; of its types only those that live through something show one
  const drawn = kind?.drawn === 'node' || kind?.drawn === 'edge'
  const hasChart =
    run.machinesOf(id).length > 0 || (drawn && Object.keys(serviceOf(resource.Type)?.machines ?? {}).length > 0)
  const own = problemsAt(problems, pointer(['resources', id]))
  const tabs: TabItem<TabId>[] = [
    { id: 'setup', label: 'Setup' },
    ...(isFunction
      ? ([
          { id: 'versions', label: 'Versions' },
          { id: 'access', label: 'Access' },
          { id: 'network', label: 'Network' },
        ] as const)
      : []),
    ...(hasChart ? ([{ id: 'chart', label: 'Chart' }] as const) : []),
    { id: 'docs', label: 'Docs' },
  ]
  const tab = tabs.some((item) => item.id === wanted) ? wanted : 'setup'
  const open = (other: LogicalId) => onSelect({ kind: 'resources', ids: [other] })
  const name = nameOf(id, scenario)
  const chart = { id, scenario, run, playhead, onSeek }
  return (
    <>
      <Header
        key={id}
        glyph={glyphOf(kind)}
        name={name}
        typeLine={`${kind?.label ?? 'Resource'} · ${resource.Type}${name === id ? '' : ` · ${id}`}`}
        onRename={readOnly ? undefined : (next) => props.onRename(id, next)}
        entries={() => (readOnly ? [] : resourceCommands(id, props))}
      />
      <Tabs label={name} className="insp-tabs" tabs={tabs} value={tab} onChange={setTab}>
        <TabPanel id="setup" className="insp-panel">
          {own.length > 0 && (
            <Section title="Problems" end={<span className="xs num">{own.length}</span>} className="insp-problems">
              <ol className="problem-list">
                {own.map((problem) => (
                  <ProblemItem
                    key={problem.path + problem.message}
                    problem={problem}
                    scenario={scenario}
                    onFix={readOnly ? undefined : (fix) => onEdit(fix.title, fix.patches)}
                  />
                ))}
              </ol>
            </Section>
          )}
          <SetupTab
            key={id}
            id={id}
            scenario={scenario}
            problems={problems}
            readOnly={readOnly}
            onEdit={onEdit}
            onBuild={props.onBuild}
            elsewhere={isFunction ? ELSEWHERE : []}
          />
          {resource.Type === CLIENT && (
            <Suspense fallback={null}>
              <ClientContent id={id} scenario={scenario} readOnly={readOnly} onEdit={onEdit} />
            </Suspense>
          )}
          {(resource.Type === BUS || resource.Type === TOPIC) && (
            <Suspense fallback={null}>
              <RowsOf id={id} scenario={scenario} onOpen={open} onBuild={props.onBuild} />
            </Suspense>
          )}
          {resource.Type === ARCHIVE && !readOnly && (
            <Suspense fallback={null}>
              <Replay key={id} id={id} scenario={scenario} playhead={playhead} onIntervene={props.onIntervene} />
            </Suspense>
          )}
          {run.machinesOf(id).length > 0 && (
            <ChartPanel key={`chart ${id}`} {...chart} onOpenChart={() => setTab('chart')} />
          )}
          {isFunction && (
            <Suspense fallback={null}>
              <Held id={id} scenario={scenario} run={run} playhead={playhead} />
            </Suspense>
          )}
          <Lately
            id={id}
            scenario={scenario}
            run={run}
            playhead={playhead}
            onWhy={(row) => onSelect({ kind: 'row', row })}
          />
        </TabPanel>
        <TabPanel id="versions" className="insp-panel">
          {tab === 'versions' && (
            <Suspense fallback={null}>
              <VersionsTab
                key={id}
                id={id}
                release={props.release}
                scenario={scenario}
                run={run}
                playhead={playhead}
                readOnly={readOnly}
                onEdit={onEdit}
              />
            </Suspense>
          )}
        </TabPanel>
        <TabPanel id="access" className="insp-panel">
          {tab === 'access' && (
            <AccessTab id={id} scenario={scenario} readOnly={readOnly} onEdit={onEdit} onOpen={open} />
          )}
        </TabPanel>
        <TabPanel id="network" className="insp-panel">
          {tab === 'network' && (
            <FormContext value={{ scenario, owner: id, readOnly, problems, naming: 'name' }}>
              <NetworkTab
                id={id}
                scenario={scenario}
                normalised={normalised}
                readOnly={readOnly}
                run={run}
                playhead={playhead}
                onEdit={onEdit}
                onAsk={props.onAsk}
              />
            </FormContext>
          )}
        </TabPanel>
        <TabPanel id="chart" className="insp-panel">
          {tab === 'chart' && <ChartPanel key={id} {...chart} />}
        </TabPanel>
        <TabPanel id="docs" className="insp-panel">
          {tab === 'docs' && <DocsTab type={resource.Type} scenario={scenario} readOnly={readOnly} onEdit={onEdit} />}
        </TabPanel>
      </Tabs>
    </>
  )
}
