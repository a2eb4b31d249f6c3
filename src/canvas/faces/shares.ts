/** What an alias does with its calls, in numbers and in words. */
import type { Attachment, Release } from '../../drawing'
import type { FaceData } from '../types'

export type Released = Attachment & { readonly release: Release }

export const releasedOf = (attachments: readonly Attachment[]): Released[] =>
  attachments.filter((attachment): attachment is Released => attachment.release !== undefined)

export interface Share {
  readonly id: string
  /** Number of a version, or `$LATEST`. */
  readonly name: string
  /** As set, 0..1. */
  readonly set: number
  /** Of what its versions have answered so far; as set while that is nothing, or not this alias's alone. */
  readonly share: number
}

/** Shares of the versions an alias sends calls to. `all`: every release of the function. */
export function sharesOf(alias: Release, all: readonly Released[], { parts, hidden }: FaceData): Share[] {
  const counts = alias.to.map(({ id }) => parts?.[id]?.ended ?? 0)
  const sum = counts.reduce((total, n) => total + n, 0)
  const others = all.filter(({ release }) => release !== alias).flatMap(({ release }) => release.to.map(({ id }) => id))
  const asSet = sum === 0 || hidden === true || alias.to.some(({ id }) => others.includes(id))
  return alias.to.map(({ id, name, share }, i) => ({ id, name, set: share, share: asSet ? share : counts[i]! / sum }))
}

export const isActive = (id: string, { parts, hidden }: FaceData): boolean =>
  hidden !== true && (parts?.[id]?.active ?? 0) > 0

/** `v2`, `$LATEST` */
export const shortName = (name: string): string => (name.startsWith('$') ? name : `v${name}`)

export const percent = (share: number): string => `${Math.round(share * 100)} %`

/** Provisioned concurrency of a version or an alias: how far it is, and how much of it works now (LAM-46). */
export function keptOf(
  { id, release }: Released,
  { parts }: FaceData,
): { text: string; state?: 'pending' | 'error' } | null {
  const { provisioned, to } = release
  if (provisioned === 0) return null
  const state = parts?.[id]?.provisioned
  if (state === 'IN_PROGRESS') return { text: `${provisioned} pending`, state: 'pending' }
  if (state === 'FAILED') return { text: `${provisioned} failed`, state: 'error' }
  if (state !== 'READY') return { text: `${provisioned} to come` }
  const busy = [id, ...to.map((target) => target.id)].reduce((sum, each) => sum + (parts?.[each]?.kept ?? 0), 0)
  return { text: `${busy} of ${provisioned} kept` }
}

/** `alias live: version 1 95 % and version 2 5 %`: what the rows on the face say. */
export function releaseWords(attachments: readonly Attachment[], data: FaceData): string[] {
  const all = releasedOf(attachments)
  return all.map((each) => {
    const { kind, name } = each.release
    const kept = keptOf(each, data)
    const shares = sharesOf(each.release, all, data)
    const hidden = data.hidden === true
    const parts = shares.map((to) => {
      const what = to.name.startsWith('$') ? to.name : `version ${to.name}`
      return shares.length === 1 ? `to ${what}` : `${what} ${hidden ? '' : percent(to.share)}`.trim()
    })
    const ended = data.parts?.[each.id]?.ended ?? 0
    if (kind === 'version' && ended > 0 && !hidden) parts.push(`${ended} answered`)
    if (kept !== null) parts.push(`provisioned ${kept.text}`)
    return `${kind} ${name}${parts.length === 0 ? '' : `: ${parts.join(' and ')}`}`
  })
}
