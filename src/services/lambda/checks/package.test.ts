import { describe, expect, test } from 'vitest'
import { errors, fixed, fn, layer, problems, version } from './gate.fixture'

const zip = (size: object, properties = {}) => fn(properties, { package: { ...size } })

describe('zip (LAM-6)', () => {
  test('50 MB upload directly, 51 are advised through S3', () => {
    expect(problems({ F: zip({ zip: 50 }) })).toEqual([])
    expect(problems({ F: zip({ zip: 51 }) })).toMatchObject([
      { severity: 'warning', path: '/resources/F/Behavior/package/zip' },
    ])
  })
  test('250 MB unzipped, 251 not', () => {
    expect(problems({ F: zip({ unzipped: 250 }) })).toEqual([])
    expect(errors({ F: zip({ unzipped: 251 }) })[0]).toContain('Unzipped size must be smaller than 262144000 bytes')
  })
  test('layers count', () => {
    const resources = (size: number) => ({
      F: zip({ unzipped: 150 }, { Layers: ['A', 'B'] }),
      A: layer({}, { unzipped: 60 }),
      B: layer({}, { unzipped: size }),
    })
    expect(problems(resources(40))).toEqual([])
    const [message] = errors(resources(50))
    expect(message).toContain(
      'code (150 MB) and layers (110 MB) are 260 MB unzipped. 250 MB are the most. Remove 10 MB',
    )
    expect(message).toContain(
      'Function code combined with layers exceeds the maximum allowed size of 262144000 bytes. The actual size is 272629760 bytes.',
    )
  })
  test('a package counts at least its zipped size', () => expect(errors({ F: zip({ zip: 300 }) })).toHaveLength(1))
  test('a published version is measured by its own snapshot', () => {
    const V = version('F', {}, { snapshot: { Behavior: { package: { unzipped: 400 } } } })
    expect(problems({ F: fn(), V }).map(({ path }) => path)).toEqual([
      '/resources/V/Behavior/snapshot/Behavior/package/unzipped',
    ])
  })
})

describe('image (LAM-7)', () => {
  const image = (size: number) => fn({ PackageType: 'Image' }, { package: { image: size, zip: 900 } })
  test('10 GB uncompressed', () => {
    expect(problems({ F: image(10_240) })).toEqual([])
    expect(errors({ F: image(10_241) })[0]).toContain('10240 MB (10 GB) are the most. Make it smaller by 1 MB.')
  })
  test('takes no layers', () => {
    const resources = { F: fn({ PackageType: 'Image', Layers: ['A'] }), A: layer() }
    expect(errors(resources)[0]).toContain(
      "Please don't provide Handler or Runtime or Layer when the intended function PackageType is Image.",
    )
    expect(fixed(resources)).toEqual([])
  })
})

describe('layers (LAM-8)', () => {
  const ids = (count: number) => Array.from({ length: count }, (_, i) => `L${i}`)
  const resources = (count: number) => ({
    F: fn({ Layers: ids(count) }),
    ...Object.fromEntries(ids(count).map((id) => [id, layer()])),
  })
  test('five, not six', () => {
    expect(problems(resources(5))).toEqual([])
    expect(errors(resources(6))).toEqual([
      'F has 6 layers. 5 are the most. Remove 1, or merge some. AWS: Cannot reference more than 5 layers.',
    ])
  })
  test('two versions of one layer', () =>
    expect(
      errors({ F: fn({ Layers: ['A', 'B'] }), A: layer({ LayerName: 'x' }), B: layer({ LayerName: 'x' }) })[0],
    ).toContain('Two different versions of the same layer are not allowed to be referenced in the same function.'))
  test('built for another runtime or processor', () => {
    const A = layer({ CompatibleRuntimes: ['python3.13'], CompatibleArchitectures: ['arm64'] })
    const found = problems({ F: fn({ Layers: ['A'] }), A })
    expect(found.map(({ severity }) => severity)).toEqual(['warning', 'warning'])
    expect(found.map(({ message }) => message).join()).toContain('was built for python3.13')
    expect(problems({ F: fn({ Layers: ['A'], Runtime: 'python3.13', Architectures: ['arm64'] }), A })).toEqual([])
  })
})
