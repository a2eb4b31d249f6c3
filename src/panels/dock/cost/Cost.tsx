import { useMemo, useState, useSyncExternalStore } from 'react'
import { MONTH_HOURS } from '../../../model/monthly'
import { FACTS } from '../../../services'
import { clock, digits } from '../../../state/run/clock'
import type { Words } from '../../../state/run/describe'
import type { RunStore } from '../../../state/run/runStore'
import { EmptyState } from '../../../ui/EmptyState'
import { Switch } from '../../../ui/Switch'
import { Table, type TableColumn } from '../../../ui/Table'
import { Tag } from '../../../ui/Tag'
import { costsOf, dollars, listed, type Row } from './costModel'
import './cost.css'

const factOf = (key: string) => FACTS[key]

export interface CostProps {
  store: RunStore
  nameOf: (id: string) => string
  /** Whose costs those of a version or an alias are counted in. */
  ownerOf?: Words['ownerOf']
  /** Price fact by key; undefined when unknown. */
}

/** What the run would cost, resource by resource and line by line, with the price and its date. */
export default function Cost({ store, nameOf, ownerOf }: CostProps) {
  const status = useSyncExternalStore(store.subscribe, store.status)
  const [freeTier, setFreeTier] = useState(false)
  const { costs } = store
  const { rows, usd, perMonth, idlePerMonth, gbSeconds } = useMemo(
    () => costsOf(costs, status.until / 1_000_000, factOf, (id) => ownerOf?.(id)?.owner ?? id, { freeTier }),
    [costs, status.until, ownerOf, freeTier],
  )
  if (rows.length === 0)
    return <EmptyState>No costs yet. Costs appear when something that AWS bills for is used.</EmptyState>
  return (
    <div className="co">
      <div className="co-sum">
        <Tag>estimate</Tag>
        <span className="co-part">
          <b className="num">{dollars(usd)}</b>
          <span className="dim">for {clock(status.until).slice(0, -4)} simulated</span>
        </span>
        <span className="co-part">
          <b className="num">{dollars(perMonth)}</b>
          <span className="dim">a month of {MONTH_HOURS} h at this rate</span>
        </span>
        <span className="co-part">
          <b className="num">{dollars(idlePerMonth)}</b>
          <span className="dim">of that while idle</span>
        </span>
        {gbSeconds > 0 && (
          <span className="co-part">
            <b className="num">{digits(Number(gbSeconds.toPrecision(3)))}</b>
            <span className="dim">GB-s of functions in this run</span>
          </span>
        )}
        <span className="co-free">
          <Switch checked={freeTier} onChange={setFreeTier} label="Free tier" />
        </span>
      </div>
      <p className="xs faint co-note">
        {freeTier
          ? 'A month has 1,000,000 requests and 400,000 GB-s of Lambda free. Provisioned concurrency has none.'
          : 'Without the free tier of Lambda. Data transfer counts only where it is listed.'}
      </p>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so the keyboard must reach it */}
      <div className="co-table" role="region" aria-label="Cost of the run" tabIndex={0}>
        <Table
          caption="Costs of the run"
          columns={columns(nameOf)}
          rows={rows}
          rowKey={(row) => (row.kind === 'subtotal' ? row.resource : `${row.resource}/${row.item}`)}
        />
      </div>
    </div>
  )
}

function columns(nameOf: CostProps['nameOf']): readonly TableColumn<Row>[] {
  return [
    {
      key: 'resource',
      header: 'Resource',
      width: '18%',
      render: (row) =>
        row.kind === 'subtotal' ? (
          <b className="strong">{nameOf(row.resource)}</b>
        ) : (
          <span className="visually-hidden">{nameOf(row.resource)}</span>
        ),
    },
    {
      key: 'item',
      header: 'Item',
      render: (row) =>
        row.kind === 'subtotal' ? (
          <span className="faint">{row.lines === 1 ? '1 line' : `${row.lines} lines`}</span>
        ) : (
          <>
            {row.item} {row.idle && <Tag>idle</Tag>}
          </>
        ),
    },
    {
      key: 'quantity',
      header: 'Quantity',
      align: 'end',
      width: '13%',
      render: (row) =>
        row.kind === 'line' && (
          <>
            {digits(row.quantity)}
            {'\u2009'}
            <span className="co-unit">{row.unit}</span>
          </>
        ),
    },
    { key: 'usd', header: 'This run', align: 'end', width: '110px', render: (row) => money(row, row.usd) },
    { key: 'month', header: 'A month', align: 'end', width: '100px', render: (row) => money(row, row.perMonth) },
    {
      key: 'fact',
      header: 'Price',
      width: '28%',
      render: (row) => {
        if (row.kind === 'subtotal') return null
        const fact = factOf(row.fact)
        return (
          <span className="dim">
            <span className="num">{listed(row.price)}</span> {fact ? `${fact.title}, ${fact.asOf}` : row.fact}
          </span>
        )
      },
    },
  ]
}

const money = (row: Row, usd: number) =>
  row.kind === 'subtotal' ? <b className="strong">{dollars(usd)}</b> : dollars(usd)
