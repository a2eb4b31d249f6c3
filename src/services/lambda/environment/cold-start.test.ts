import { describe, expect, test } from 'vitest'
import { factValue } from '../../../model/facts'
import type { Duration } from '../../../model/scenario'
import { coldStartOf, missingImport, scaled } from './cold-start'
import { MEASURED, measuredAs, RUNTIMES } from './cold-start-data'
import { facts } from '../facts'

/** Facts by key under a profile, as the engine asks for them: an unknown key throws. */
function under(profile: string) {
  const fact = (key: string): Duration => {
    const found = Object.values(facts).find((it) => it.key === key)
    if (found === undefined) throw new Error(`unknown fact ${key}`)
    return factValue(found, profile)
  }
  return { fact, number: (key: string) => Number(fact(key)) }
}
const aws = under('aws-2026-11')
const teaching = under('teaching')

describe('the measured table (fact sheet 1.2)', () => {
  test.each([
    ['nodejs20.x', 0.142, 0.201, 0.265],
    ['nodejs24.x', 0.135, 0.201, 0.273],
    ['python3.12', 0.084, 0.138, 0.152],
    ['python3.14', 0.11, 0.27, 0.175],
    ['ruby3.4', 0.225, 0.471, 0.262],
    ['java11', 0.277, 0.594, 0.366],
    ['java17', 0.205, 0.533, 0.304],
    ['dotnet10', 0.254, 0.708, 0.392],
  ])('%s', (Runtime, p50, p99, imageP50) => {
    const zip = coldStartOf(aws, { Runtime }, {}, [])
    expect(zip.init).toMatchObject({ quantiles: { '0.5': p50, '0.99': p99 } })
    expect(zip.provision).toEqual({ lognormal: { p50: 0.1, p90: 0.2 } })
    expect(coldStartOf(aws, { Runtime, PackageType: 'Image' }, {}, []).init).toMatchObject({
      lognormal: { p50: imageP50 },
    })
  })
  test('Go, as provided.al2023', () =>
    expect(coldStartOf(aws, { Runtime: 'provided.al2023' }, {}, []).init).toMatchObject({ quantiles: { '0.5': 0.05 } }))
  test.each([
    ['nodejs22.x', 0.129],
    ['python3.13', 0.08],
    ['java21', 0.248],
    ['dotnet8', 0.297],
    ['provided.al2023', 0.043],
    ['nodejs24.x', 0.135],
  ])('%s on arm64', (Runtime, p50) => {
    const { init } = coldStartOf(aws, { Runtime, Architectures: ['arm64'] }, {}, [])
    expect((init as { quantiles: { [p: string]: number } }).quantiles['0.5']).toBeCloseTo(p50, 9)
  })
  test('quantiles rise', () => {
    for (const { zip, image } of Object.values(MEASURED)) {
      expect([...zip]).toEqual(zip.toSorted((a, b) => a - b))
      expect(image[0]).toBeLessThan(image[1])
    }
  })
})

test('teaching: 50 ms and 50 ms, whatever runtime, package type or processor', () => {
  for (const Runtime of RUNTIMES)
    for (const PackageType of ['Zip', 'Image'])
      expect(coldStartOf(teaching, { Runtime, PackageType, Architectures: ['arm64'] }, {}, [])).toEqual({
        provision: 0.05,
        extra: 0,
        init: 0.05,
        restore: 0.02,
      })
})

test.each([
  ['python3.11', 'python3.12'],
  ['java8.al2', 'java11'],
  ['ruby3.3', 'ruby3.4'],
  ['provided.al2', 'provided.al2023'],
  ['nodejs18.x', 'nodejs20.x'],
  ['cobol85', 'nodejs24.x'],
])('%s was never measured and takes %s', (runtime, as) => {
  expect(measuredAs(runtime)).toBe(as)
  expect(coldStartOf(aws, { Runtime: runtime }, {}, []).init).toEqual(coldStartOf(aws, { Runtime: as }, {}, []).init)
})

describe('size (CS-3, CS-4)', () => {
  const extra = (zip: number, layers: number[] = [], properties = {}) =>
    coldStartOf(
      teaching,
      properties,
      { package: { zip } },
      layers.map((unzipped) => ({ unzipped })),
    ).extra
  test('1 ms for each MB beyond 5 MB, layers included', () => {
    expect(extra(5)).toBe(0)
    expect(extra(45)).toBeCloseTo(0.04, 12)
    expect(extra(1, [50, 54])).toBeCloseTo(0.1, 12)
  })
  test('nothing for images', () => expect(extra(500, [], { PackageType: 'Image' })).toBe(0))
})

test('Behavior wins over the facts, processor included', () => {
  const own = coldStartOf(
    aws,
    { Architectures: ['arm64'], Runtime: 'java21' },
    { provision: 1, init: 2, restore: 3 },
    [],
  )
  expect(own).toMatchObject({ provision: 1, init: 2, restore: 3 })
})

describe('scaled', () => {
  test.each([
    [2, 4],
    [{ exp: 1 }, { exp: 2 }],
    [{ uniform: [1, 2] }, { uniform: [2, 4] }],
    [{ lognormal: { p50: 1, p90: 3 } }, { lognormal: { p50: 2, p90: 6 } }],
    [{ quantiles: { '0.5': 1 } }, { quantiles: { '0.5': 2 } }],
  ] as [Duration, Duration][])('%j', (duration, twice) => expect(scaled(duration, 2)).toEqual(twice))
})

describe('imports (LAM-53)', () => {
  test('the first that nothing holds, in the words of Lambda', () =>
    expect(missingImport({ imports: ['os', 'requests', 'PIL'], package: { provides: ['os'] } }, [])).toBe(
      "Unable to import module 'lambda_function': No module named 'requests'",
    ))
  test('names the module of the handler', () =>
    expect(missingImport({ imports: ['x'] }, [], 'src/app.handler')).toContain("module 'src/app'"))
  test('layers provide', () => expect(missingImport({ imports: ['PIL'] }, [{ provides: ['PIL'] }])).toBeNull())
  test('nothing imported', () => expect(missingImport({}, [])).toBeNull())
})
