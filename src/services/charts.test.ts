import { expect, it } from 'vitest'
import { chartProblems } from '../kernel/chart-check'
import { tableOf } from '../kernel/lifecycle'
import { SERVICES } from '.'

it.each(
  SERVICES.flatMap((service) =>
    Object.entries(service.machines).map(([name, machine]) => [`${service.id}/${name}`, machine] as const),
  ),
)('the chart %s compiles', (_, machine) => {
  expect(chartProblems(machine)).toEqual([])
  expect(() => tableOf(machine)).not.toThrow()
})

it('reason codes, fact keys and resource types are declared once', () => {
  for (const names of [
    SERVICES.flatMap((service) => Object.keys(service.reasons)),
    SERVICES.flatMap((service) => Object.values(service.facts).map(({ key }) => key)),
    SERVICES.flatMap((service) => Object.keys(service.kinds)),
  ]) {
    expect(names).toEqual([...new Set(names)])
  }
})
