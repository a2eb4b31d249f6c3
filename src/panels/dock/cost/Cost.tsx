import { useSyncExternalStore } from 'react'
import { clock, digits } from '../../../state/run/clock'
import type { RunStore } from '../../../state/run/runStore'
import { EmptyState } from '../../../ui/EmptyState'
import { Table, type TableColumn } from '../../../ui/Table'
import { Tag } from '../../../ui/Tag'
import { costRows, dollars, type CostRow, type PricedFact } from './costModel'
import './cost.css'

export interface CostProps {
  store: RunStore
  nameOf: (id: string) => string
  /** Price fact by key; undefined when unknown. */
  factOf: (key: string) => PricedFact | undefined
}

/** What the run would cost, line by line, with the price and its date. */
export default function Cost({ store, nameOf, factOf }: CostProps) {
  const status = useSyncExternalStore(store.subscribe, store.status)
  const { rows, usd, perMonth } = costRows(store.costs, status.until / 1_000_000)
  if (rows.length === 0)
    return <EmptyState>No costs yet. Costs appear when something that AWS bills for is used.</EmptyState>
  return (
    <div className="co">
      <div className="co-sum">
        <Tag>estimate</Tag>
        <b className="num">{dollars(usd)}</b>
        <span className="dim">for {clock(status.until).slice(0, -4)} simulated</span>
        <b className="num">{dollars(perMonth)}</b>
        <span className="dim">a month (30 days) at this rate. No free tier, no data transfer that is not listed.</span>
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so the keyboard must reach it */}
      <div className="co-table" role="region" aria-label="Cost of the run" tabIndex={0}>
        <Table
          caption="Costs of the run"
          columns={columns(nameOf, factOf)}
          rows={rows}
          rowKey={(row) => `${row.resource}/${row.item}`}
        />
      </div>
    </div>
  )
}

function columns(nameOf: CostProps['nameOf'], factOf: CostProps['factOf']): readonly TableColumn<CostRow>[] {
  return [
    { key: 'resource', header: 'Resource', width: '160px', render: (row) => nameOf(row.resource) },
    { key: 'item', header: 'Item', render: (row) => row.item },
    {
      key: 'quantity',
      header: 'Quantity',
      align: 'end',
      width: '150px',
      render: (row) => (
        <>
          {digits(row.quantity)}
          {'\u2009'}
          <span className="co-unit">{row.unit}</span>
        </>
      ),
    },
    { key: 'usd', header: 'This run', align: 'end', width: '110px', render: (row) => dollars(row.usd) },
    { key: 'month', header: 'A month', align: 'end', width: '100px', render: (row) => dollars(row.perMonth) },
    {
      key: 'fact',
      header: 'Price',
      width: '30%',
      render: (row) => {
        const fact = factOf(row.fact)
        return <span className="dim">{fact ? `${fact.title}, ${fact.asOf}` : row.fact}</span>
      },
    },
  ]
}
