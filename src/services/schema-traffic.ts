/** When something calls, as clients and sources share it; runs by traffic.ts. */
import { MAX_SECONDS } from '../model/units'
import { integer, number, object, z } from './schema-kit'

const at = number(0, MAX_SECONDS, { title: 'From', help: 'Second of the run at which it starts.', unit: 's' }).default(
  0,
)
const until = number(0, MAX_SECONDS, {
  title: 'Until',
  help: 'Second of the run after which it sends no more.',
  unit: 's',
}).optional()
const count = integer(1, 10_000_000, {
  title: 'At most',
  help: 'Stops after this many calls.',
  unit: 'count',
  group: 'advanced',
}).optional()
const perSecond = (title: string, help: string) =>
  number(0, 100_000, { title, help, unit: '1/s', slider: { min: 0.1, max: 1_000, scale: 'log' } })
const rate = perSecond('Rate', 'Calls per second.')
const pattern = <const P extends string>(name: P) => z.literal(name)

/** Patterns of a `traffic` field: a union discriminated by `pattern`. */
export const patterns = [
  object({ pattern: pattern('once'), at }, { title: 'Once', help: 'One call.' }),
  object(
    {
      pattern: pattern('burst'),
      count: integer(1, 100_000, {
        title: 'Calls',
        help: 'Calls made at the same instant.',
        unit: 'count',
        slider: { min: 1, max: 200 },
      }).default(20),
      at,
    },
    { title: 'Burst', help: 'Many calls at the same instant.' },
  ),
  object(
    { pattern: pattern('constant'), rate, at, until, count },
    { title: 'Constant', help: 'Calls at even intervals.' },
  ),
  object(
    { pattern: pattern('poisson'), rate, at, until, count },
    { title: 'Poisson', help: 'Independent callers: random gaps with the rate as their mean.' },
  ),
  object(
    {
      pattern: pattern('ramp'),
      from: perSecond('Rate at first', 'Calls per second at the start.'),
      to: perSecond('Rate at last', 'Calls per second at the end.'),
      over: number(0.001, MAX_SECONDS, { title: 'Over', help: 'Time from the first rate to the last.', unit: 's' }),
      at,
    },
    { title: 'Ramp', help: 'The rate moves evenly from one value to another.' },
  ),
  object(
    {
      pattern: pattern('repeat'),
      every: number(0.001, MAX_SECONDS, { title: 'Every', help: 'Time between two rounds.', unit: 's' }),
      times: integer(1, 1_000_000, { title: 'Rounds', help: 'How many rounds there are.', unit: 'count' }),
      count: integer(1, 100_000, {
        title: 'Calls per round',
        help: 'Calls made at once in each round.',
        unit: 'count',
      }).default(1),
      at,
    },
    { title: 'Repeat', help: 'The same calls again after a fixed time.' },
  ),
] as const
export const byHand = object(
  { pattern: pattern('manual') },
  { title: 'By hand', help: 'Calls only when told to during the run.' },
)
