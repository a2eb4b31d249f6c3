import { test } from 'vitest'
import { checks } from './checks'
import { gateJson } from '../../gate'
import { alias, fn, keep, scenarioOf, version } from './checks/gate.fixture'
const time = (f: () => unknown) => {
  const t = performance.now()
  f()
  return Math.round(performance.now() - t)
}
const interventions = (n: number) =>
  Array.from({ length: n }, (_, i) => ({ at: 1, set: `/resources/F${i}/Properties/Timeout`, value: 5 }))
test('x', () => {
  const many = Object.fromEntries(Array.from({ length: 1900 }, (_, i) => [`F${i}`, fn({}, { imports: ['a'] })]))
  const mixed = Object.fromEntries(
    Array.from({ length: 630 }, (_, i) => [
      [`F${i}`, fn()],
      [`V${i}`, version(`F${i}`)],
      [`A${i}`, alias(`F${i}`, `V${i}`, keep(1))],
    ]).flat() as never,
  )
  const versions = {
    F: fn(),
    ...Object.fromEntries(Array.from({ length: 1900 }, (_, i) => [`V${i}`, version('F', keep(1))])),
  }
  for (const [n, r] of Object.entries({ many, mixed, versions })) {
    console.log(
      'T',
      n,
      time(() => gateJson(scenarioOf(r))),
      'with sets',
      time(() => gateJson(scenarioOf(r, { interventions: interventions(50) }))),
    )
    const s = scenarioOf(r)
    checks.forEach((c, i) => {
      const t = time(() => c(s))
      if (t > 20) console.log('T   ', i, c.name, t)
    })
  }
}, 600_000)
