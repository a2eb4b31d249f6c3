/**
 * CloudWatch ("Alarm events and EventBridge"), Config ("Monitoring with EventBridge"), Health ("EventBridge event schema"), GuardDuty
 * ("GuardDuty findings in EventBridge"), scheduled rules ("Creating a rule that runs on a schedule").
 */
import { ACCOUNT, arn, busEvent, REGION, type Sample } from './sample'

const ALARM = arn('cloudwatch', 'alarm:queue-too-old')
const RULE = 'instances-are-tagged'

const evaluation = (complianceType: string, time: string) => ({
  evaluationResultIdentifier: {
    evaluationResultQualifier: {
      configRuleName: RULE,
      resourceType: 'AWS::EC2::Instance',
      resourceId: 'i-0a1b2c3d4e5f60718',
    },
    orderingTimestamp: `2026-11-20T${time}.212Z`,
  },
  complianceType,
  resultRecordedTime: `2026-11-20T${time}.980Z`,
  configRuleInvokedTime: `2026-11-20T${time}.641Z`,
})

export const OPERATIONS: readonly Sample[] = [
  busEvent(
    { id: 'scheduled-event', title: 'Scheduled rule fired', service: 'Amazon EventBridge' },
    {
      source: 'aws.events',
      detailType: 'Scheduled Event',
      resources: [arn('events', 'rule/every-evening')],
      detail: {},
    },
  ),
  busEvent(
    { id: 'cloudwatch-alarm', title: 'Alarm went off', service: 'Amazon CloudWatch' },
    {
      source: 'aws.cloudwatch',
      detailType: 'CloudWatch Alarm State Change',
      resources: [ALARM],
      detail: {
        alarmName: 'queue-too-old',
        configuration: {
          description: 'Messages wait longer than five minutes',
          metrics: [
            {
              id: 'a1b2c3d4-5e6f-4a7b-8c9d-0e1f2a3b4c5d',
              metricStat: {
                metric: {
                  namespace: 'AWS/SQS',
                  name: 'ApproximateAgeOfOldestMessage',
                  dimensions: { QueueName: 'jobs' },
                },
                period: 60,
                stat: 'Maximum',
              },
              returnData: true,
            },
          ],
        },
        previousState: {
          reason:
            'Threshold Crossed: 1 datapoint [41.0 (20/11/26 09:28:00)] was not greater than the threshold (300.0).',
          reasonData: '{"version":"1.0","statistic":"Maximum","period":60,"recentDatapoints":[41.0],"threshold":300.0}',
          timestamp: '2026-11-20T09:10:00.611+0000',
          value: 'OK',
        },
        state: {
          reason: 'Threshold Crossed: 1 datapoint [312.0 (20/11/26 09:29:00)] was greater than the threshold (300.0).',
          reasonData:
            '{"version":"1.0","statistic":"Maximum","period":60,"recentDatapoints":[312.0],"threshold":300.0}',
          timestamp: '2026-11-20T09:30:00.204+0000',
          value: 'ALARM',
        },
      },
    },
  ),
  busEvent(
    { id: 'config-compliance', title: 'Resource no longer compliant', service: 'AWS Config' },
    {
      source: 'aws.config',
      detailType: 'Config Rules Compliance Change',
      detail: {
        resourceId: 'i-0a1b2c3d4e5f60718',
        awsRegion: REGION,
        awsAccountId: ACCOUNT,
        configRuleName: RULE,
        configRuleARN: arn('config', 'config-rule/config-rule-a1b2c3'),
        recordVersion: '1.0',
        messageType: 'ComplianceChangeNotification',
        resourceType: 'AWS::EC2::Instance',
        newEvaluationResult: evaluation('NON_COMPLIANT', '09:29:58'),
        oldEvaluationResult: evaluation('COMPLIANT', '08:02:11'),
        notificationCreationTime: '2026-11-20T09:29:59.712Z',
      },
    },
  ),
  busEvent(
    { id: 'guardduty-finding', title: 'Threat found', service: 'Amazon GuardDuty' },
    {
      source: 'aws.guardduty',
      detailType: 'GuardDuty Finding',
      detail: {
        schemaVersion: '2.0',
        accountId: ACCOUNT,
        region: REGION,
        partition: 'aws',
        id: '16afba5c5c43e07c9e3e5e2e544e95df',
        arn: arn('guardduty', 'detector/12abc34d567e8fa901bc2d34e56789f0/finding/16afba5c5c43e07c9e3e5e2e544e95df'),
        type: 'UnauthorizedAccess:EC2/SSHBruteForce',
        resource: {
          resourceType: 'Instance',
          instanceDetails: {
            instanceId: 'i-0a1b2c3d4e5f60718',
            instanceType: 't3.micro',
            launchTime: '2026-11-02T07:15:00Z',
            instanceState: 'running',
            availabilityZone: 'us-east-1a',
            tags: [{ key: 'team', value: 'video' }],
          },
        },
        service: {
          serviceName: 'guardduty',
          detectorId: '12abc34d567e8fa901bc2d34e56789f0',
          action: {
            actionType: 'NETWORK_CONNECTION',
            networkConnectionAction: {
              connectionDirection: 'INBOUND',
              protocol: 'TCP',
              blocked: false,
              localPortDetails: { port: 22, portName: 'SSH' },
              remoteIpDetails: { ipAddressV4: '203.0.113.40', country: { countryName: 'Nowhere' } },
              remotePortDetails: { port: 51_422, portName: 'Unknown' },
            },
          },
          resourceRole: 'TARGET',
          eventFirstSeen: '2026-11-20T09:02:00Z',
          eventLastSeen: '2026-11-20T09:28:00Z',
          archived: false,
          count: 17,
        },
        severity: 5,
        createdAt: '2026-11-20T09:05:12.301Z',
        updatedAt: '2026-11-20T09:29:31.877Z',
        title: '203.0.113.40 is trying many SSH passwords on i-0a1b2c3d4e5f60718.',
        description: 'i-0a1b2c3d4e5f60718 is the target of SSH brute force attempts from 203.0.113.40.',
      },
    },
  ),
  busEvent(
    { id: 'health-event', title: 'Service issue in a region', service: 'AWS Health' },
    {
      source: 'aws.health',
      detailType: 'AWS Health Event',
      resources: ['i-0a1b2c3d4e5f60718'],
      detail: {
        eventArn: `arn:aws:health:${REGION}::event/EC2/AWS_EC2_OPERATIONAL_ISSUE/AWS_EC2_OPERATIONAL_ISSUE_A1B2C_20261120`,
        service: 'EC2',
        eventTypeCode: 'AWS_EC2_OPERATIONAL_ISSUE',
        eventTypeCategory: 'issue',
        eventScopeCode: 'ACCOUNT_SPECIFIC',
        communicationId: '01b0993207d81a09dcd552ebd1e633e36cf1f09a-1',
        startTime: 'Fri, 20 Nov 2026 09:12:00 GMT',
        lastUpdatedTime: 'Fri, 20 Nov 2026 09:29:00 GMT',
        statusCode: 'open',
        eventRegion: REGION,
        eventDescription: [
          { language: 'en_US', latestDescription: 'Instances in one Availability Zone may be unreachable.' },
        ],
        affectedEntities: [
          { entityValue: 'i-0a1b2c3d4e5f60718', status: 'IMPAIRED', lastUpdatedTime: 'Fri, 20 Nov 2026 09:29:00 GMT' },
        ],
        affectedAccount: ACCOUNT,
        page: '1',
        totalPages: '1',
      },
    },
  ),
]
