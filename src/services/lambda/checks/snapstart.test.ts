import { expect, test } from 'vitest'
import { alias, errors, fixed, fn, keep, problems, version } from './gate.fixture'

const SnapStart = { ApplyOn: 'PublishedVersions' }
const snap = (properties = {}) => fn({ Runtime: 'java21', SnapStart, ...properties })

test('a supported runtime with a version is right', () => expect(problems({ F: snap(), V: version('F') })).toEqual([]))

test.each(['nodejs24.x', 'python3.11', 'ruby3.4', 'provided.al2023'])('%s has no SnapStart (SS-1)', (Runtime) => {
  expect(errors({ F: snap({ Runtime }), V: version('F') })[0]).toContain(
    `AWS: ${Runtime} is not supported for SnapStart enabled functions.`,
  )
  expect(fixed({ F: snap({ Runtime }), V: version('F') })).toEqual([])
})

test('images have none (SS-2)', () =>
  expect(errors({ F: snap({ PackageType: 'Image' }), V: version('F') })[0]).toContain(
    'ContainerImage is not supported for SnapStart enabled functions',
  ))

test('at most 512 MB of /tmp (SS-2)', () => {
  const resources = { F: snap({ EphemeralStorage: { Size: 513 } }), V: version('F') }
  expect(errors(resources)).toEqual(['F has 513 MB of /tmp. With SnapStart 512 MB are the most (SS-2).'])
  expect(fixed(resources)).toEqual([])
})

test('$LATEST has no snapshot: a note while nothing is published', () => {
  expect(problems({ F: snap() })).toMatchObject([{ severity: 'info' }])
  expect(problems({ F: snap({ SnapStart: { ApplyOn: 'None' } }) })).toEqual([])
})

test('not with provisioned concurrency, on the version or an alias of it', () => {
  expect(errors({ F: snap(), V: version('F', keep(2)) })[0]).toContain(
    'does not go together with provisioned concurrency',
  )
  const aliased = { F: snap(), V: version('F'), Live: alias('F', 'V', keep(2)) }
  expect(errors(aliased)[0]).toContain('Live has provisioned concurrency and points to V, which uses SnapStart')
  expect(fixed(aliased)).toEqual([])
})

test('a version published before SnapStart was switched on may be provisioned', () => {
  const before = version('F', keep(2), { snapshot: { Properties: { SnapStart: { ApplyOn: 'None' } } } })
  expect(errors({ F: snap(), V: before })).toEqual([])
})
