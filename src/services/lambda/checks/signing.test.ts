import { describe, expect, test } from 'vitest'
import { gateJson } from '../../../gate'
import type { JsonObject, Resource } from '../../../model/scenario'
import { scenarioOf } from '../../run.fixture'

const PROFILE = 'arn:aws:signer:us-east-1:123456789012:/signing-profiles/Release/abc'
const problems = (policy: string, signedBy?: string, more: JsonObject = {}) => {
  const resources: { [id: string]: Resource } = {
    Role: { Type: 'AWS::IAM::Role' },
    Signing: {
      Type: 'AWS::Lambda::CodeSigningConfig',
      Properties: {
        AllowedPublishers: { SigningProfileVersionArns: [PROFILE] },
        CodeSigningPolicies: { UntrustedArtifactOnDeployment: policy },
      },
    },
    Fn: {
      Type: 'AWS::Lambda::Function',
      Properties: { Role: 'Role', CodeSigningConfigArn: 'Signing', ...more },
      Behavior: { package: signedBy === undefined ? {} : { signedBy } },
    },
  }
  return gateJson(scenarioOf(resources)).problems.filter(({ message }) => message.includes('LAM-69'))
}

describe('code signing (LAM-69)', () => {
  test('Enforce refuses what no trusted profile signed', () => {
    expect(
      problems('Enforce').map(({ severity, message }) => [severity, message.includes('CodeVerificationFailed')]),
    ).toEqual([['error', true]])
    expect(problems('Enforce', 'somebody')).toMatchObject([
      { severity: 'error', path: '/resources/Fn/Behavior/package/signedBy' },
    ])
  })
  test('Warn deploys it with a warning', () => {
    expect(problems('Warn').map(({ severity }) => severity)).toEqual(['warning'])
  })
  test('what a trusted profile signed passes, and images are not signed this way', () => {
    expect(problems('Enforce', PROFILE)).toEqual([])
    expect(problems('Enforce', undefined, { PackageType: 'Image' })).toEqual([])
  })
})
