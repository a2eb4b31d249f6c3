/** CodeCommit ("Monitoring CodeCommit events"), CodePipeline ("Pipeline events"), CloudFormation ("Stack Status Change event detail"). */
import { ACCOUNT, arn, busEvent, REGION, type Sample } from './sample'

const REPOSITORY = arn('codecommit', 'shop')
const PIPELINE = arn('codepipeline', 'shop-release')
const EXECUTION = '01234567-0123-4123-8123-012345678901'
const STACK = arn('cloudformation', 'stack/shop/6a7e8feb-b491-4cf7-a9f1-bf3703467718')

const stack = (status: string, reason: string): Sample =>
  busEvent(
    {
      id: `cloudformation-${status.toLowerCase().replaceAll('_', '-')}`,
      title: `Stack ${status}`,
      service: 'AWS CloudFormation',
    },
    {
      source: 'aws.cloudformation',
      detailType: 'CloudFormation Stack Status Change',
      resources: [STACK],
      detail: {
        'stack-id': STACK,
        'status-details': { status, 'status-reason': reason },
        'client-request-token': 'Console-UpdateStack-7f59c3cf-00d2-40c7-b2ff-e75db0987002',
      },
    },
  )

export const CODE: readonly Sample[] = [
  busEvent(
    { id: 'codecommit-reference-updated', title: 'Commit pushed to a branch', service: 'AWS CodeCommit' },
    {
      source: 'aws.codecommit',
      detailType: 'CodeCommit Repository State Change',
      resources: [REPOSITORY],
      detail: {
        event: 'referenceUpdated',
        repositoryName: 'shop',
        repositoryId: '12345678-1234-4567-abcd-12345678abcd',
        referenceType: 'branch',
        referenceName: 'main',
        referenceFullName: 'refs/heads/main',
        commitId: '7f4c2a9e1b3d5f6a8c0e2b4d6f8a1c3e5b7d9f0a',
        oldCommitId: '3c5e7a9b1d2f4c6e8a0b2d4f6c8e1a3b5d7f9c0e',
        baseCommitId: '3c5e7a9b1d2f4c6e8a0b2d4f6c8e1a3b5d7f9c0e',
        callerUserArn: `arn:aws:iam::${ACCOUNT}:user/mirna`,
      },
    },
  ),
  busEvent(
    { id: 'codepipeline-failed', title: 'Pipeline failed', service: 'AWS CodePipeline' },
    {
      source: 'aws.codepipeline',
      detailType: 'CodePipeline Pipeline Execution State Change',
      resources: [PIPELINE],
      detail: {
        pipeline: 'shop-release',
        'execution-id': EXECUTION,
        'start-time': '2026-11-20T09:21:04.512Z',
        state: 'FAILED',
        version: 3,
      },
    },
  ),
  busEvent(
    { id: 'codepipeline-action-succeeded', title: 'Pipeline action done', service: 'AWS CodePipeline' },
    {
      source: 'aws.codepipeline',
      detailType: 'CodePipeline Action Execution State Change',
      resources: [PIPELINE],
      detail: {
        pipeline: 'shop-release',
        'execution-id': EXECUTION,
        stage: 'Build',
        action: 'Unit-tests',
        state: 'SUCCEEDED',
        region: REGION,
        type: { owner: 'AWS', provider: 'CodeBuild', category: 'Test', version: '1' },
        version: 3,
      },
    },
  ),
  stack('UPDATE_COMPLETE', ''),
  stack('ROLLBACK_COMPLETE', 'Resource creation failed: table Orders already exists'),
]
