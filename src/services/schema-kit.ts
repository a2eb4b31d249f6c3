/**
 * Building blocks of the property schemas, with what forms, the editor's JSON Schema and the docs need to know about a
 * property. The only module of the services that imports zod.
 */
import { z } from 'zod'
import { MAX_SECONDS } from '../model/units'

// zod's fast path compiles code at run time, which the page's content security policy forbids.
z.config({ jitless: true })

export { z }
export type Schema = z.ZodType

/** What a resource type may carry. Both parse to a value with defaults filled in. */
export interface TypeSchema {
  readonly Properties: Schema
  readonly Behavior?: Schema
}
export type Schemas = { readonly [type: string]: TypeSchema }

/** How a property is edited, where that does not follow from its zod type. */
export type SpecialKind = 'ref' | 'refs' | 'duration' | 'strings' | 'map' | 'json'

/** What a property means, for people. */
export interface About {
  readonly title: string
  /** One sentence. */
  readonly help: string
  /** Unit of the number; `count` is not shown. */
  readonly unit?: 's' | 'ms' | 'MB' | 'B' | 'count' | '1/s' | 'vCPU-s' | 'ratio' | 'days'
  /** Row ids of the fact sheet: `SQS-1`. */
  readonly factRows?: readonly string[]
  /** `advanced` is folded away in forms. */
  readonly group?: 'basic' | 'advanced'
  /** Range a slider covers when the legal range is too wide to drag; `log` spaces it by ratio. */
  readonly slider?: {
    readonly min: number
    readonly max: number
    readonly step?: number
    readonly scale?: 'linear' | 'log'
  }
  /** Usual values of a free text. */
  readonly suggestions?: readonly string[]
  /** The member AWS's API names when it refuses a value: `ephemeralStorage.size`. Refusals then quote AWS. */
  readonly aws?: string
}

/** How a logical id in a property is read. */
export interface RefAbout extends About {
  /** Name of the sibling property that holds the action the target must answer. */
  readonly answers?: string
  /** The text may be something else, such as `*`; it is a reference when a resource of that name exists. */
  readonly loose?: boolean
  /** What a missing target means: a mistake (default), or a black hole as for routes (NET-26): kept, with a warning. */
  readonly dangling?: 'blackhole'
  /** Without this reference the object it stands in means nothing, although the property is optional. */
  readonly whole?: boolean
}

/** Everything `.meta()` holds of a property. */
export interface PropertyMeta extends Partial<RefAbout> {
  readonly kind?: SpecialKind
  /** Types a reference may name; empty: any. */
  readonly ref?: readonly string[]
}

/** The `.meta()` of one schema, wrappers not looked through. */
export const metaOf = (schema: z.core.$ZodType): PropertyMeta => (z.globalRegistry.get(schema) ?? {}) as PropertyMeta

const meta = <S extends Schema>(schema: S, about: PropertyMeta): S => schema.meta({ ...about })

export const integer = (min: number, max: number, about: About) => meta(z.number().int().min(min).max(max), about)
export const number = (min: number, max: number, about: About) => meta(z.number().min(min).max(max), about)
export const boolean = (about: About) => meta(z.boolean(), about)
export const choice = <const V extends readonly [string, ...string[]]>(values: V, about: About) =>
  meta(z.enum(values), about)

/** Text of at most `max` characters, of a form when `pattern` is given. */
export const text = (max: number, about: About, pattern?: RegExp) =>
  meta(pattern === undefined ? z.string().max(max) : z.string().max(max).regex(pattern), about)

const LOGICAL_ID_TEXT = z
  .string()
  .max(255)
  .regex(/^[A-Za-z][A-Za-z0-9]{0,254}$/)

/** The logical id of a resource of one of `types` (empty: any). */
export const ref = (types: readonly string[], about: RefAbout) =>
  meta(LOGICAL_ID_TEXT, { ...about, kind: 'ref', ref: types })

/** Logical ids of resources of one of `types`. */
export const refs = (types: readonly string[], max: number, about: About) => {
  const item = meta(LOGICAL_ID_TEXT, { title: about.title, help: about.help, kind: 'ref', ref: types })
  return meta(z.array(item).max(max), { ...about, kind: 'refs', ref: types })
}

export const object = <S extends z.core.$ZodLooseShape>(shape: S, about: About) => meta(z.strictObject(shape), about)
export const list = <S extends Schema>(item: S, max: number, about: About) => meta(z.array(item).max(max), about)

/** One text or a list of texts, as in policies. With `loose`, texts that are ids of resources count as references. */
export const strings = (max: number, about: About & Pick<RefAbout, 'loose' | 'whole'>) => {
  const { loose, ...rest } = about
  const one = z.string().max(1_024)
  const item = loose === true ? meta(one, { ...rest, loose, kind: 'ref', ref: [] }) : one
  return meta(z.union([item, z.array(item).max(max)]), { ...rest, kind: 'strings' })
}

/** Names to values; `item` describes a value. */
export const map = <S extends Schema>(item: S, about: About) =>
  meta(z.record(z.string().max(1_024), item), { ...about, kind: 'map' })

/** Any JSON object. The gate bounds depth and size before schemas see it. */
export const json = (about: About) => meta(z.record(z.string().max(1_024), z.unknown()), { ...about, kind: 'json' })
/** Any JSON value. */
export const anyJson = (about: About) => meta(z.unknown(), { ...about, kind: 'json' })

const seconds = (min = 0) => z.number().min(min).max(MAX_SECONDS)
const PROBABILITY = /^(?:0(?:\.\d{1,9})?|1(?:\.0{1,9})?)$/

function rising(points: { [probability: string]: number }): boolean {
  const values = Object.entries(points)
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, value]) => value)
  return (
    values.length >= 1 && values.length <= 64 && values.every((value, i) => i === 0 || value >= (values[i - 1] ?? 0))
  )
}

/**
 * A duration in seconds: a number, or a distribution (`Duration` in model/scenario.ts). Ranges: 0 to 14 days; the
 * median of `lognormal` is above 0 because its logarithm is taken.
 */
export const duration = (about: About) =>
  meta(
    z.union([
      seconds(),
      object({ exp: seconds() }, { title: 'Exponential', help: 'Memoryless, given by its mean in seconds.' }),
      object(
        {
          uniform: z.tuple([seconds(), seconds()]).refine(([low, high]) => low <= high, {
            message: 'uniform is [shortest, longest]. The first is larger than the second.',
          }),
        },
        { title: 'Uniform', help: 'Anything between two limits, equally likely.' },
      ),
      object(
        {
          lognormal: z
            .strictObject({ p50: seconds(0.000001), p90: seconds(0.000001) })
            .refine(({ p50, p90 }) => p50 <= p90, { message: 'p90 of lognormal is at least p50.' }),
        },
        { title: 'Lognormal', help: 'A long tail, given by the median (p50) and the 90th percentile (p90).' },
      ),
      object(
        {
          quantiles: z
            .record(z.string().regex(PROBABILITY), seconds())
            .refine(rising, { message: 'quantiles has 1 to 64 points, rising with the probability.' }),
        },
        { title: 'Quantiles', help: 'Points of the inverse distribution: {"0.5": 0.1, "0.99": 0.8}.' },
      ),
    ]),
    { unit: 's', ...about, kind: 'duration' },
  )

const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)'

/** An IPv4 block in CIDR notation whose prefix length is within `longest` to `shortest` network size. */
export const cidr = (minPrefix: number, maxPrefix: number, about: About) =>
  meta(
    z
      .string()
      .max(18)
      .regex(new RegExp(`^${OCTET}(?:\\.${OCTET}){3}/(?:3[0-2]|[12]?\\d)$`), { abort: true })
      .refine((block) => Number(block.split('/')[1]) >= minPrefix && Number(block.split('/')[1]) <= maxPrefix, {
        message: `The prefix length is /${minPrefix} to /${maxPrefix}.`,
      }),
    { suggestions: ['10.0.0.0/16'], ...about },
  )

/** A share of 0 to 1, as the probability of a failure. */
export const rate = (about: About) => number(0, 1, { unit: 'ratio', slider: { min: 0, max: 1, step: 0.01 }, ...about })
