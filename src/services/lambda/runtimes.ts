/**
 * Runtimes of Lambda and when each is retired (LAM-17). Dates: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html, read in the
 * copies of 2026 that LAM-17 was taken from (github.com/crowecawcaw/aws-docs-history, docs/lambda/latest/dg/lambda-runtimes.md); Java on
 * Amazon Linux 2023 and Ruby 4.0 as of August 2026.
 */

/**
 * current: supported. preview: offered for trial, with no date. ending: deprecated within 180 days, when AWS starts to warn. deprecated: runs
 * on without patches. gone: on AWS's list of deprecated runtimes, refused. unknown: not a runtime of AWS.
 */
export interface RuntimeStatus {
  readonly state: 'current' | 'preview' | 'ending' | 'deprecated' | 'gone' | 'unknown'
  /** ISO date of the deprecation. */
  readonly date?: string
}

/** Deprecation date by identifier. In menus newest first. */
export const DEPRECATION: { readonly [runtime: string]: string } = {
  'nodejs24.x': '2028-04-30',
  'nodejs22.x': '2027-04-30',
  'nodejs20.x': '2026-04-30',
  'python3.14': '2029-06-30',
  'python3.13': '2029-06-30',
  'python3.12': '2028-10-31',
  'python3.11': '2027-06-30',
  'python3.10': '2026-10-31',
  java25: '2029-06-30',
  java21: '2029-06-30',
  java17: '2027-06-30',
  java11: '2027-06-30',
  'java8.al2': '2027-06-30',
  'java17.al2023': '2029-06-30',
  'java11.al2023': '2029-06-30',
  'java8.al2023': '2029-06-30',
  dotnet10: '2028-11-14',
  dotnet8: '2026-11-10',
  'ruby4.0': '2029-03-31',
  'ruby3.4': '2028-03-31',
  'ruby3.3': '2027-03-31',
  'ruby3.2': '2026-03-31',
  'provided.al2023': '2029-06-30',
  'provided.al2': '2026-07-31',
}

/** Announced for November 2026 (same page). */
const PREVIEW: ReadonlySet<string> = new Set(['nodejs26.x', 'python3.15'])

/**
 * The page's table of deprecated runtimes, with the date of their deprecation. AWS blocks new functions of the first five since 2026-08-31 by
 * the copy of spring 2026; notes of July 2026 say it moved that to 2027-02-01. LAM-17 counts them as gone, and so do we.
 */
const GONE: { readonly [runtime: string]: string } = {
  'python3.9': '2025-12-15',
  'nodejs18.x': '2025-09-01',
  dotnet6: '2024-12-20',
  'python3.8': '2024-10-14',
  'nodejs16.x': '2024-06-12',
  java8: '2024-01-08',
  'go1.x': '2024-01-08',
  provided: '2024-01-08',
  'ruby2.7': '2023-12-07',
  'nodejs14.x': '2023-12-04',
  'python3.7': '2023-12-04',
  'dotnetcore3.1': '2023-04-03',
  'nodejs12.x': '2023-03-31',
  'python3.6': '2022-07-18',
  'dotnetcore2.1': '2022-01-05',
  'nodejs10.x': '2021-07-30',
  'ruby2.5': '2021-07-30',
  'python2.7': '2021-07-15',
  'nodejs8.10': '2020-03-06',
  'nodejs4.3': '2020-03-05',
  'nodejs6.10': '2019-08-12',
  'dotnetcore1.0': '2019-06-27',
  'dotnetcore2.0': '2019-05-30',
}

/** Day of the fact sheet: what `runtimeStatus` calls today. */
export const AS_OF = '2026-11-20'
/** Days before the deprecation at which AWS starts to warn. */
const NOTICE_DAYS = 180

/** Whether AWS still supports a runtime on an ISO date. */
export function runtimeStatus(runtime: string, on: string = AS_OF): RuntimeStatus {
  if (Object.hasOwn(GONE, runtime)) return { state: 'gone', date: GONE[runtime]! }
  if (PREVIEW.has(runtime)) return { state: 'preview' }
  const date = Object.hasOwn(DEPRECATION, runtime) ? DEPRECATION[runtime] : undefined
  if (date === undefined) return { state: 'unknown' }
  if (date <= on) return { state: 'deprecated', date }
  return { state: dayOf(date) - dayOf(on) <= NOTICE_DAYS ? 'ending' : 'current', date }
}

/** Whether AWS takes snapshots of functions on this runtime: Java 11, Python 3.12, .NET 8 and later (SS-1). */
export function hasSnapStart(runtime: string): boolean {
  const [, language, version] = /^(java|python3\.|dotnet)(\d+)(?:\.al2023)?$/.exec(runtime) ?? []
  const least = language === 'java' ? 11 : language === 'dotnet' ? 8 : 12
  return version !== undefined && Number(version) >= least
}

/** The newest runtime of the same language that AWS supports, to move to. */
export function successorOf(runtime: string): string | null {
  if (runtime === 'go1.x') return 'provided.al2023'
  const language = /^[a-z]+/.exec(runtime)?.[0].replace('dotnetcore', 'dotnet')
  return (
    Object.keys(DEPRECATION).find(
      (name) => /^[a-z]+/.exec(name)?.[0] === language && runtimeStatus(name).state === 'current',
    ) ?? null
  )
}

/** Days since 0000-03-01 of the proleptic Gregorian calendar, for differences. */
function dayOf(iso: string): number {
  const [year = 0, month = 1, day = 1] = iso.split('-').map(Number)
  const y = month < 3 ? year - 1 : year
  const m = month < 3 ? month + 9 : month - 3
  return 365 * y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + Math.floor((153 * m + 2) / 5) + day
}
