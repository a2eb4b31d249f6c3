import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { gate } from '../gate/text'
import { drawing } from './drawing'
import { REGISTRY } from './drawing.fixture'
import { NETWORK_VIEW } from './network'
import { hasNetwork, PLAIN_NETWORK_VIEW } from './plain-network'

const folder = join(import.meta.dirname, '../../public/scenarios')
const scenarios = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => {
    const gated = gate(readFileSync(join(folder, name), 'utf8'))
    if (!gated.ok) throw new Error(name)
    return [name, gated.scenario] as const
  })
const plain = scenarios.filter(([, scenario]) => !hasNetwork(scenario))

test.each(plain)('%s looks the same without the network analysis', (_, scenario) => {
  expect(drawing(scenario, REGISTRY, PLAIN_NETWORK_VIEW)).toEqual(drawing(scenario, REGISTRY, NETWORK_VIEW))
})
test('both kinds are in the library', () => {
  expect(plain.length).toBeGreaterThan(5)
  expect(plain.length).toBeLessThan(scenarios.length)
})
