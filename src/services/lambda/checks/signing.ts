import type { Check, Problem } from '../../service'
import { objectOf } from '../targets'
import { configurations } from './families'
import { report, textOf, textsOf } from './report'

/** LAM-69: a package that no trusted profile signed is refused, or deployed with a warning. Images are not signed this way. */
export const signing: Check = (scenario) =>
  configurations(scenario).flatMap(({ own, properties, behavior, at }): Problem[] => {
    const config = textOf(properties['CodeSigningConfigArn'])
    const written = config === null ? undefined : scenario.resources[config]?.Properties
    if (written === undefined || properties['PackageType'] === 'Image') return []
    const trusted = textsOf(objectOf(written['AllowedPublishers'])['SigningProfileVersionArns'])
    const by = textOf(objectOf(behavior['package'])['signedBy'])
    if (by !== null && trusted.includes(by)) return []
    const path = at('Behavior', 'package', 'signedBy') ?? at('Properties', 'CodeSigningConfigArn')
    const enforced = objectOf(written['CodeSigningPolicies'])['UntrustedArtifactOnDeployment'] === 'Enforce'
    const who = by === null ? 'is not signed' : `is signed by ${by}, which ${config} does not trust`
    return enforced
      ? report(
          'error',
          path,
          `${own}: its package ${who}, and ${config} enforces signatures (LAM-69). Sign it with a trusted profile.`,
          'CodeVerificationFailedException',
        )
      : report(
          'warning',
          path,
          `${own}: its package ${who}. ${config} only warns, so it is deployed (LAM-69). Sign it with a trusted profile.`,
        )
  })
