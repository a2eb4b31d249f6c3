import type { KeyboardEvent, ReactNode } from 'react'
import './data.css'

export interface TableColumn<Row> {
  key: string
  header: ReactNode
  /** end: numbers, right-aligned and tabular. */
  align?: 'start' | 'end' | undefined
  /** Any CSS width; the columns without one share the rest. */
  width?: string | undefined
  render: (row: Row) => ReactNode
}

interface TableProps<Row> {
  /** What the table shows, for assistive technology. */
  caption: string
  columns: readonly TableColumn<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  /** Makes the first cell of each row a button that covers the row; Up and Down move between rows. */
  onChoose?: ((row: Row) => void) | undefined
  chosenKey?: string | undefined
}

/** Rows of facts under a header that stays. The scroll box is the caller's; long lists are windowed by the caller too. */
export function Table<Row>({ caption, columns, rows, rowKey, onChoose, chosenKey }: TableProps<Row>) {
  const tabStop = rows.some((row) => rowKey(row) === chosenKey) ? chosenKey : rows[0] && rowKey(rows[0])
  return (
    <table className="ui-table">
      <caption className="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.key} scope="col" data-align={column.align} style={{ width: column.width }}>
              {column.header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const key = rowKey(row)
          return (
            <tr key={key} aria-current={key === chosenKey ? 'true' : undefined}>
              {columns.map((column, index) => (
                <td key={column.key} data-align={column.align}>
                  {index === 0 && onChoose ? (
                    <button
                      type="button"
                      className="ui-table-choose"
                      tabIndex={key === tabStop ? 0 : -1}
                      onKeyDown={moveBetweenRows}
                      onClick={() => onChoose(row)}
                    >
                      {column.render(row)}
                    </button>
                  ) : (
                    column.render(row)
                  )}
                </td>
              ))}
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function moveBetweenRows(event: KeyboardEvent<HTMLButtonElement>): void {
  const row = event.currentTarget.closest('tr')
  const target = rowFor(event.key, row)
  const button = target?.querySelector<HTMLElement>('.ui-table-choose')
  if (!button) return
  event.preventDefault()
  button.focus()
}

function rowFor(key: string, row: HTMLTableRowElement | null): Element | null | undefined {
  switch (key) {
    case 'ArrowDown':
      return row?.nextElementSibling
    case 'ArrowUp':
      return row?.previousElementSibling
    case 'Home':
      return row?.parentElement?.firstElementChild
    case 'End':
      return row?.parentElement?.lastElementChild
    default:
      return undefined
  }
}
