import type { CSSProperties } from 'react'
import type { Attachment } from '../../drawing'
import type { FaceData } from '../types'
import { isActive, keptOf, percent, releasedOf, sharesOf, shortName, type Released, type Share } from './shares'

/** Aliases beyond these have no row: as many as the drawing leaves room for. */
const MOST_ALIASES = 4
const MOST_CHIPS = 4

interface ReleasesProps {
  fn: string
  attachments: readonly Attachment[]
  data: FaceData
}

/** Versions and aliases of a function: a row for each alias with its split, a strip of versions with what each has answered. */
export function Releases({ fn, attachments, data }: ReleasesProps) {
  const all = releasedOf(attachments)
  if (all.length === 0) return null
  const aliases = all.filter(({ release }) => release.kind === 'alias').slice(0, MOST_ALIASES)
  const pointed = new Set(aliases.flatMap(({ release }) => release.to.map(({ id }) => id)))
  // what an alias points to comes first, then the newest
  const versions = all
    .filter(({ release }) => release.kind === 'version')
    .sort((a, b) => Number(b.release.name) - Number(a.release.name))
    .sort((a, b) => Number(pointed.has(b.id)) - Number(pointed.has(a.id)))
  const shown = versions.slice(0, MOST_CHIPS).sort((a, b) => Number(a.release.name) - Number(b.release.name))
  const more = versions.length - shown.length
  return (
    <div className="cs-releases num" aria-hidden="true">
      {aliases.map((alias) => (
        <AliasRow key={alias.id} alias={alias} shares={sharesOf(alias.release, all, data)} data={data} />
      ))}
      <div className="cs-versions">
        <Chip name="$LATEST" id={fn} data={data} />
        {shown.map((version) => (
          <Chip key={version.id} name={shortName(version.release.name)} id={version.id} data={data} version={version} />
        ))}
        {more > 0 && <span className="cs-more">+{more}</span>}
      </div>
    </div>
  )
}

interface AliasRowProps {
  alias: Released
  shares: readonly Share[]
  data: FaceData
}

/** The fork of an alias: a lane for each version, as long as its share; moving events run along it (tokens/splits.ts). */
function AliasRow({ alias, shares, data }: AliasRowProps) {
  const kept = keptOf(alias, data)
  const forked = shares.length > 1
  return (
    <div className="cs-alias" data-forked={forked || undefined}>
      <span className="cs-alias-name">
        <b>{alias.release.name}</b>
        {kept !== null && <i data-state={kept.state}>{kept.text}</i>}
      </span>
      <svg className="cs-fork" viewBox="0 0 16 30">
        <path d={forked ? 'M0 15h3c4 0 3-7 7-7h6M0 15h3c4 0 3 7 7 7h6' : 'M0 15h14m-4-3 4 3-4 3'} />
      </svg>
      <span className="cs-lanes">
        {shares.map((to) => (
          <span key={to.id} data-active={isActive(to.id, data) || undefined}>
            <b>{shortName(to.name)}</b>
            {forked && (
              <>
                <i style={{ '--v': to.share, '--set': to.set } as CSSProperties} />
                <em>{data.hidden === true ? '?' : percent(to.share)}</em>
              </>
            )}
          </span>
        ))}
      </span>
    </div>
  )
}

interface ChipProps {
  name: string
  id: string
  data: FaceData
  version?: Released
}

function Chip({ name, id, data, version }: ChipProps) {
  const ended = data.parts?.[id]?.ended ?? 0
  const kept = version === undefined ? null : keptOf(version, data)
  return (
    <span className="cs-version" data-active={isActive(id, data) || undefined} data-kept={kept !== null || undefined}>
      {name}
      {(ended > 0 || data.hidden === true) && <b>{data.hidden === true ? '?' : compact(ended)}</b>}
    </span>
  )
}

/** `912`, `1.2k`, `34k`: a chip does not grow with its number. */
function compact(n: number): string {
  if (n < 1_000) return String(n)
  return n < 10_000 ? `${(Math.floor(n / 100) / 10).toFixed(1)}k` : `${Math.floor(n / 1_000)}k`
}
