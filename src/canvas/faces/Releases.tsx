import type { Attachment, Release } from '../../drawing'
import type { FaceData } from '../types'

/** Aliases beyond these have no row: as many as the drawing leaves room for. */
const MOST_ALIASES = 4
const MOST_CHIPS = 4

interface ReleasesProps {
  fn: string
  attachments: readonly Attachment[]
  data: FaceData
}

type Released = Attachment & { readonly release: Release }
const isReleased = (attachment: Attachment): attachment is Released => attachment.release !== undefined

/** Versions and aliases of a function: a row for each alias with its split, a strip of versions with what each has answered. */
export function Releases({ fn, attachments, data }: ReleasesProps) {
  const all = attachments.filter(isReleased)
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
        <AliasRow key={alias.id} alias={alias.release} data={data} />
      ))}
      <div className="cs-versions">
        <Chip name="$LATEST" id={fn} data={data} provisioned={0} />
        {shown.map(({ id, release }) => (
          <Chip key={id} name={release.name} id={id} data={data} provisioned={release.provisioned} />
        ))}
        {more > 0 && <span className="cs-more">+{more}</span>}
      </div>
    </div>
  )
}

function AliasRow({ alias, data }: { alias: Release; data: FaceData }) {
  const shares = sharesOf(alias, data)
  return (
    <div className="cs-alias">
      <b className="cs-alias-name">{alias.name}</b>
      {alias.provisioned > 0 && <span className="cs-kept">{alias.provisioned} kept</span>}
      <span className="cs-split">
        {shares.map(({ id, share }) => (
          <i key={id} style={{ flexGrow: share }} />
        ))}
      </span>
      <span className="cs-shares">
        {shares.map(({ id, name, share }) => (
          <span key={id} data-active={isActive(id, data) || undefined}>
            {name}
            {shares.length > 1 && <b>{data.hidden === true ? ' ?' : ` ${Math.round(share * 100)} %`}</b>}
          </span>
        ))}
      </span>
    </div>
  )
}

/** Shares of what its versions have answered so far; before anything was answered, the shares it is set to. */
function sharesOf(alias: Release, { parts, hidden }: FaceData): Release['to'] {
  const ended = alias.to.map(({ id }) => parts?.[id]?.ended ?? 0)
  const all = ended.reduce((sum, n) => sum + n, 0)
  if (all === 0 || hidden === true) return alias.to
  return alias.to.map((target, i) => ({ ...target, share: (ended[i] ?? 0) / all }))
}

const isActive = (id: string, { parts, hidden }: FaceData): boolean => hidden !== true && (parts?.[id]?.active ?? 0) > 0

interface ChipProps {
  name: string
  id: string
  data: FaceData
  provisioned: number
}

function Chip({ name, id, data, provisioned }: ChipProps) {
  const ended = data.parts?.[id]?.ended ?? 0
  return (
    <span className="cs-version" data-active={isActive(id, data) || undefined} data-kept={provisioned > 0 || undefined}>
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
