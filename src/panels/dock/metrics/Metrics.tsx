import { useState, useSyncExternalStore } from 'react'
import type { Player } from '../../../player/player'
import { usePlayheadTime } from '../../../player/usePlayer'
import type { RunStore } from '../../../state/run/runStore'
import { EmptyState } from '../../../ui/EmptyState'
import { Segmented } from '../../../ui/Segmented'
import { Select } from '../../../ui/Select'
import { Table, type TableColumn } from '../../../ui/Table'
import { Chart } from './Chart'
import { headline, metricLine, type MetricLine } from './metricModel'
import './metrics.css'

export interface MetricsProps {
  store: RunStore
  player: Player
  nameOf: (id: string) => string
  /** Resource chosen elsewhere; its charts come first. */
  selected?: string | undefined
}

/** No logical id: those start with a letter. */
const ALL = '*'

/** CloudWatch's metrics of the run, by resource: charts, or the same numbers as a table. */
export default function Metrics({ store, player, nameOf, selected }: MetricsProps) {
  const status = useSyncExternalStore(store.subscribe, store.status)
  const [shape, setShape] = useState<'charts' | 'table'>('charts')
  const [chosen, setChosen] = useState(ALL)
  const now = usePlayheadTime(player) / 1_000_000
  const until = status.until / 1_000_000
  const { series } = store
  const owners = [...new Set(series.map((one) => one.resource))]
  const order =
    chosen !== ALL
      ? [chosen]
      : selected && owners.includes(selected)
        ? [selected, ...owners.filter((id) => id !== selected)]
        : owners
  if (series.length === 0) return <EmptyState>No metrics yet. Metrics appear when the drawing runs.</EmptyState>
  const shown = order.map((resource) => ({ resource, series: series.filter((one) => one.resource === resource) }))
  return (
    <div className="mt">
      <div className="mt-bar">
        <Segmented
          label="Shape"
          value={shape}
          options={[
            { value: 'charts', label: 'Charts' },
            { value: 'table', label: 'Table' },
          ]}
          onChange={setShape}
        />
        <Select
          aria-label="Resource"
          value={chosen}
          options={[{ value: ALL, label: 'All resources' }, ...owners.map((id) => ({ value: id, label: nameOf(id) }))]}
          onChange={setChosen}
        />
        <span className="dim">Totals are exact for the whole run. Solid: sum or average, dashed: maximum.</span>
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so the keyboard must reach it */}
      <div className="mt-body" role="region" aria-label="Metrics of the run" tabIndex={0}>
        {shape === 'table' ? (
          <Table
            caption="Metrics of the run"
            columns={columns(nameOf)}
            rows={shown.flatMap((group) => group.series.map((one) => metricLine(one, until)))}
            rowKey={(line) => `${line.resource}/${line.name}`}
          />
        ) : (
          shown.map((group) => (
            <section key={group.resource} className="mt-group" aria-label={nameOf(group.resource)}>
              <h3>{nameOf(group.resource)}</h3>
              <div className="mt-charts">
                {group.series.map((one) => (
                  <figure key={one.name} className="mt-chart">
                    <figcaption>
                      <b className="truncate" title={one.name}>
                        {one.name}
                      </b>
                      <span className="num dim">{headline(one, until)}</span>
                    </figcaption>
                    <Chart
                      series={one}
                      until={until}
                      duration={status.duration / 1_000_000}
                      now={now}
                      onSeek={(seconds) => player.send({ type: 'seek', at: seconds * 1_000_000 })}
                    />
                  </figure>
                ))}
              </div>
            </section>
          ))
        )}
      </div>
    </div>
  )
}

function columns(nameOf: (id: string) => string): readonly TableColumn<MetricLine>[] {
  const number = (
    key: 'sum' | 'average' | 'maximum' | 'p50' | 'p90' | 'p99',
    header: string,
  ): TableColumn<MetricLine> => ({
    key,
    header,
    align: 'end',
    width: '96px',
    render: (line) => line[key],
  })
  return [
    { key: 'resource', header: 'Resource', width: '160px', render: (line) => nameOf(line.resource) },
    { key: 'name', header: 'Metric', render: (line) => line.name },
    number('sum', 'Sum'),
    number('average', 'Average'),
    number('maximum', 'Maximum'),
    number('p50', 'p50'),
    number('p90', 'p90'),
    number('p99', 'p99'),
  ]
}
