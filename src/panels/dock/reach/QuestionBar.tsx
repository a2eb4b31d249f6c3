import { useState } from 'react'
import { KINDS } from '../../../services/kinds'
import { defaultPort, own } from '../../../network/placements'
import type { Network, Protocol, Query } from '../../../network'
import { Combobox, type ComboboxOption } from '../../../ui/Combobox'
import { IconButton } from '../../../ui/IconButton'
import { NumberField } from '../../../ui/NumberField'
import { Select } from '../../../ui/Select'
import { TextField } from '../../../ui/TextField'
import { glyphOf } from '../../inspector/words'
import { INTERNET, isAddress, partiesOf } from './question'

const ADDRESS = 'address:'
const PROTOCOLS: readonly { value: Protocol; label: string }[] = [
  { value: 'tcp', label: 'TCP' },
  { value: 'udp', label: 'UDP' },
  { value: 'icmp', label: 'ICMP' },
  { value: 'any', label: 'All traffic' },
]

interface QuestionBarProps {
  network: Network
  query: Query
  nameOf: (id: string) => string
  onQuery: (query: Query) => void
}

/** From whom, to whom, how. */
export function QuestionBar({ network, query, nameOf, onQuery }: QuestionBarProps) {
  const { protocol = 'tcp' } = query
  const parties = partiesOf(network)
  const optionsFor = (sends: boolean): ComboboxOption[] => [
    ...parties
      .filter((party) => party.sends || !sends)
      .map(({ id, type }) => ({
        value: id,
        label: nameOf(id),
        note: KINDS[type]?.label,
        glyph: glyphOf(KINDS[type]),
        group: 'In the drawing',
        keywords: id,
      })),
    { value: INTERNET, label: 'The internet', glyph: 'internet', group: 'Elsewhere' },
    { value: ADDRESS, label: 'An address', glyph: 'elastic-ip', group: 'Elsewhere', keywords: 'ip' },
  ]
  const ported = protocol === 'tcp' || protocol === 'udp'
  // another end: what was said about the old one holds no longer
  const ask = (ends: { from?: string; to?: string }): void => {
    const { interface: _, port, ...rest } = query
    onQuery({ ...rest, ...(ends.to === undefined && port !== undefined ? { port } : {}), ...ends })
  }
  return (
    <div className="rc-ask" role="group" aria-label="Question">
      <End label="From" value={query.from} options={optionsFor(true)} onChange={(from) => ask({ from })} />
      <IconButton
        glyph="redo"
        size="sm"
        label="Ask the other way round"
        onClick={() => ask({ from: query.to, to: query.from })}
      />
      <End label="To" value={query.to} options={optionsFor(false)} onChange={(to) => ask({ to })} />
      <Select
        className="rc-protocol"
        aria-label="Protocol"
        value={protocol}
        options={PROTOCOLS}
        onChange={(next) => onQuery({ ...query, protocol: next })}
      />
      {ported && (
        <span className="rc-field">
          <span className="dim">port</span>
          <NumberField
            className="rc-port"
            aria-label="Port"
            integer
            min={0}
            max={65535}
            value={query.port}
            placeholder={String(defaultPort(own(network.scenario, query.to)))}
            onCommit={(port) => onQuery({ ...query, port })}
            onClear={() => {
              const { port: _, ...rest } = query
              onQuery(rest)
            }}
          />
        </span>
      )}
      <span className="rc-field">
        <span className="dim">source</span>
        <TextField
          mono
          className="rc-source"
          aria-label="Source address"
          placeholder="any"
          value={query.source ?? ''}
          validate={(text) => (text === '' || isAddress(text) ? undefined : `${text} is no IPv4 address.`)}
          onCommit={(source) => {
            const { source: _, ...rest } = query
            onQuery(source === '' ? rest : { ...rest, source })
          }}
        />
      </span>
    </div>
  )
}

interface EndProps {
  label: 'From' | 'To'
  value: string
  options: readonly ComboboxOption[]
  onChange: (id: string) => void
}

/** A choice of the drawing, or an address that is typed. */
function End({ label, value, options, onChange }: EndProps) {
  const known = options.some((option) => option.value === value)
  const [typing, setTyping] = useState(false)
  const typed = typing || (!known && isAddress(value))
  return (
    <span className="rc-field">
      <span className="dim">{label}</span>
      {typed ? (
        <span className="rc-address">
          <TextField
            mono
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- an address was just asked for
            autoFocus={typing}
            aria-label={`${label}, address`}
            placeholder="10.0.1.20"
            value={isAddress(value) ? value : ''}
            validate={(text) => (isAddress(text) ? undefined : 'An IPv4 address has four numbers, such as 10.0.1.20.')}
            onCommit={onChange}
          />
          <IconButton
            glyph="close"
            size="sm"
            label={`Choose ${label.toLowerCase()} from the drawing`}
            onClick={() => {
              setTyping(false)
              if (!known) onChange(INTERNET)
            }}
          />
        </span>
      ) : (
        <span className="rc-choice">
          <Combobox
            aria-label={label}
            value={value}
            options={known ? options : [{ value, label: value }, ...options]}
            onChange={(next) => (next === ADDRESS ? setTyping(true) : onChange(next))}
          />
        </span>
      )}
    </span>
  )
}
