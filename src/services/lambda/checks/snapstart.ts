import { pointer } from '../../edit'
import type { Check, Problem } from '../../service'
import { objectOf } from '../targets'
import { hasSnapStart } from '../runtimes'
import { provisionedOf } from '../versions/versions'
import { configurations, familiesOf, type Configuration } from './families'
import { numberOf, removing, report, setTo, textOf } from './report'

const TMP = 512

const applies = ({ properties }: Configuration): boolean =>
  objectOf(properties['SnapStart'])['ApplyOn'] === 'PublishedVersions'

/** SS-1, SS-2: what SnapStart goes together with. */
export const snapStart: Check = (scenario) => {
  const families = familiesOf(scenario)
  return configurations(scenario).flatMap((configuration): Problem[] => {
    if (!applies(configuration)) return []
    const { own, fn, published, properties, at } = configuration
    const path = at('Properties', 'SnapStart', 'ApplyOn')
    const off = path === null ? undefined : setTo(path, 'None')
    const problems: Problem[] = []
    const refuse = (message: string, words: string): void => {
      problems.push(...report('error', path, message, words, off))
    }
    const runtime = textOf(properties['Runtime']) ?? ''
    if (properties['PackageType'] === 'Image') {
      refuse(
        `${own} is a container image. SnapStart is for zip packages.`,
        'ContainerImage is not supported for SnapStart enabled functions',
      )
    } else if (!hasSnapStart(runtime)) {
      refuse(
        `${own} runs on ${runtime}. SnapStart is for Java 11, Python 3.12, .NET 8 and later.`,
        `${runtime} is not supported for SnapStart enabled functions.`,
      )
    }
    const tmp = numberOf(objectOf(properties['EphemeralStorage'])['Size']) ?? TMP
    if (tmp > TMP) {
      const size = at('Properties', 'EphemeralStorage', 'Size')
      const message = `${own} has ${tmp} MB of /tmp. With SnapStart ${TMP} MB are the most (SS-2).`
      problems.push(...report('error', size ?? path, message, null, size === null ? undefined : setTo(size, TMP)))
    }
    if (!published && families.get(fn)!.versions.length === 0) {
      const message = `SnapStart takes snapshots of published versions, never of $LATEST, and ${own} has no version. Publish one and call it.`
      problems.push(...report('info', path, message))
    }
    return problems
  })
}

/** SS-2: a version starts from a snapshot or is kept initialised, not both. */
export const snapStartOrProvisioned: Check = (scenario) => {
  const versions = configurations(scenario).filter((one) => one.published && applies(one))
  const refuse = (id: string, message: string): Problem[] => {
    const path = pointer(id, 'Properties', 'ProvisionedConcurrencyConfig')
    return report('error', path, message, null, removing('Remove provisioned concurrency', path))
  }
  const own = versions.flatMap(({ own: id }) =>
    provisionedOf(scenario, id) === 0
      ? []
      : refuse(
          id,
          `${id} uses SnapStart, which does not go together with provisioned concurrency (SS-2). Keep one of them.`,
        ),
  )
  const snapped = new Set(versions.map((it) => it.own))
  const aliases = [...familiesOf(scenario).values()].flatMap((family) => family.aliases)
  const aliased = aliases.flatMap(({ id, first, second }) => {
    if (provisionedOf(scenario, id) === 0) return []
    const version = [first, second].find((it) => it !== null && snapped.has(it))
    if (version === undefined) return []
    const message = `${id} has provisioned concurrency and points to ${version}, which uses SnapStart (SS-2). Keep one of them.`
    return refuse(id, message)
  })
  return [...own, ...aliased]
}
