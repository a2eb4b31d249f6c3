/** Brings documents of older formats forward. Steps are added, never removed (design.md 3). */
import { FORMAT_VERSION } from '../model/scenario'
import type { Json, JsonObject } from '../model/scenario'
import type { Problem } from '../services/service'

/** Rewrites a document of one version as the next; gets a copy it may change. Untrusted: any field may be missing or of any type. */
export type Migration = (document: JsonObject) => JsonObject

/** `MIGRATIONS[n]` leads from version n to n + 1. Version 1 is the first, so there is none yet. */
const MIGRATIONS: { readonly [version: number]: Migration } = {}

export type Migrated =
  { readonly ok: true; readonly document: JsonObject } | { readonly ok: false; readonly problem: Problem }

/** The document in the current version. `chain` and `current` are for tests of the chain itself. */
export function migrate(document: JsonObject, chain = MIGRATIONS, current: number = FORMAT_VERSION): Migrated {
  const refuse = (path: string, message: string, fix?: Problem['fix']): Migrated => ({
    ok: false,
    problem: { severity: 'error', path, message, ...(fix === undefined ? {} : { fix }) },
  })
  const version: Json | undefined = Object.hasOwn(document, 'coldstart') ? document.coldstart : undefined
  const set = (op: 'add' | 'replace') => ({
    title: `Set coldstart: ${current}`,
    patches: [{ op, path: '/coldstart', value: current }],
  })
  if (version === undefined) {
    const template = Object.hasOwn(document, 'AWSTemplateFormatVersion') || Object.hasOwn(document, 'Resources')
    const what = template ? 'This is a CloudFormation template, not a scenario.' : 'This is not a scenario.'
    return refuse(
      '',
      `${what} A scenario says coldstart: ${current} and lists its parts under resources.`,
      template ? undefined : set('add'),
    )
  }
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    return refuse(
      '/coldstart',
      `coldstart is the format version, 1 to ${current}. Write coldstart: ${current}.`,
      set('replace'),
    )
  }
  if (version > current) {
    return refuse(
      '/coldstart',
      `This scenario was made by a newer version (format ${version}, known up to ${current}). Reload to update.`,
    )
  }
  let result = document
  for (let at = version; at < current; at++) {
    const step = chain[at]
    if (step === undefined) return refuse('/coldstart', `Format ${at} cannot be read: its migration is missing.`)
    result = { ...step(structuredClone(result)), coldstart: at + 1 }
  }
  return { ok: true, document: result }
}
