/** EC2 ("State change events for your instances"), Auto Scaling ("Amazon EC2 Auto Scaling event reference"), ECS ("Amazon ECS task state change events"). */
import { arn, busEvent, REGION, type Sample } from './sample'

const INSTANCE = 'i-0a1b2c3d4e5f60718'
const GROUP = arn('autoscaling', 'autoScalingGroup:3f1c2b7e-8d5a-4c55-9a7e-0d6b1f2e3a4c:autoScalingGroupName/workers')
const STATES = ['pending', 'running', 'stopping', 'stopped', 'shutting-down', 'terminated']
const CLUSTER = arn('ecs', 'cluster/video')
const TASK = arn('ecs', 'task/video/5c1d0a7e9b3f4e628d7a1c0b9e8f7a6d')
const CONTAINER = arn('ecs', 'container/video/5c1d0a7e9b3f4e628d7a1c0b9e8f7a6d/0b6f1e2d-3c4b-4a59-8d7e-6f5a4b3c2d1e')

const scaled = (launched: boolean): Sample =>
  busEvent(
    {
      id: launched ? 'autoscaling-launch' : 'autoscaling-terminate',
      title: launched ? 'Instance launched by a group' : 'Instance terminated by a group',
      service: 'Amazon EC2 Auto Scaling',
    },
    {
      source: 'aws.autoscaling',
      detailType: `EC2 Instance ${launched ? 'Launch' : 'Terminate'} Successful`,
      resources: [GROUP, arn('ec2', `instance/${INSTANCE}`)],
      detail: {
        StatusCode: 'InProgress',
        Description: `${launched ? 'Launching a new' : 'Terminating'} EC2 instance: ${INSTANCE}`,
        AutoScalingGroupName: 'workers',
        ActivityId: '7b8c9d0e-1f2a-4b3c-8d4e-5f6a7b8c9d0e',
        Details: { 'Availability Zone': 'us-east-1a', 'Subnet ID': 'subnet-0a1b2c3d4e5f60718' },
        RequestId: '7b8c9d0e-1f2a-4b3c-8d4e-5f6a7b8c9d0e',
        StatusMessage: '',
        EndTime: '2026-11-20T09:30:00Z',
        EC2InstanceId: INSTANCE,
        StartTime: '2026-11-20T09:29:24Z',
        Cause: launched
          ? 'At 2026-11-20T09:29:20Z an instance was started in response to a difference between desired and actual capacity, increasing the capacity from 1 to 2.'
          : 'At 2026-11-20T09:29:20Z an instance was taken out of service in response to a difference between desired and actual capacity, shrinking the capacity from 2 to 1.',
        Origin: launched ? 'EC2' : 'AutoScalingGroup',
        Destination: launched ? 'AutoScalingGroup' : 'EC2',
      },
    },
  )

const task = (status: 'RUNNING' | 'STOPPED'): Sample => {
  const stopped = status === 'STOPPED'
  return busEvent(
    { id: `ecs-task-${status.toLowerCase()}`, title: `Task ${status.toLowerCase()}`, service: 'Amazon ECS' },
    {
      source: 'aws.ecs',
      detailType: 'ECS Task State Change',
      resources: [TASK],
      detail: {
        availabilityZone: 'us-east-1a',
        clusterArn: CLUSTER,
        containers: [
          {
            containerArn: CONTAINER,
            lastStatus: status,
            name: 'transcoder',
            image: `123456789012.dkr.ecr.${REGION}.amazonaws.com/transcoder:7`,
            taskArn: TASK,
            networkInterfaces: [],
            cpu: '0',
            ...(stopped ? { exitCode: 137, reason: 'OutOfMemoryError: Container killed due to memory usage' } : {}),
          },
        ],
        cpu: '256',
        createdAt: '2026-11-20T09:28:00.117Z',
        desiredStatus: status,
        group: 'service:transcoder',
        launchType: 'FARGATE',
        lastStatus: status,
        memory: '512',
        platformVersion: '1.4.0',
        startedAt: '2026-11-20T09:28:41.530Z',
        startedBy: 'ecs-svc/4815162342108153',
        ...(stopped
          ? {
              stopCode: 'EssentialContainerExited',
              stoppedReason: 'Essential container in task exited',
              stoppedAt: '2026-11-20T09:29:59.002Z',
            }
          : {}),
        taskArn: TASK,
        taskDefinitionArn: arn('ecs', 'task-definition/transcoder:12'),
        updatedAt: '2026-11-20T09:29:59.412Z',
        version: stopped ? 5 : 3,
      },
    },
  )
}

export const COMPUTE: readonly Sample[] = [
  ...STATES.map((state) =>
    busEvent(
      { id: `ec2-${state}`, title: `Instance ${state}`, service: 'Amazon EC2' },
      {
        source: 'aws.ec2',
        detailType: 'EC2 Instance State-change Notification',
        resources: [arn('ec2', `instance/${INSTANCE}`)],
        detail: { 'instance-id': INSTANCE, state },
      },
    ),
  ),
  scaled(true),
  scaled(false),
  task('RUNNING'),
  task('STOPPED'),
]
