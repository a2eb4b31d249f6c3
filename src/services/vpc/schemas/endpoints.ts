import { boolean, choice, json, refs, text, z } from '../../schema-kit'
import type { Schemas } from '../../schema-kit'
import { addresses, assigned, GROUP, state, SUBNET, TABLE, vpcId } from './kit'

export const endpointSchemas: Schemas = {
  'AWS::EC2::VPCEndpoint': {
    Properties: z.strictObject({
      VpcId: vpcId,
      ServiceName: text(
        128,
        {
          title: 'Service',
          help: 'AWS service it leads to.',
          factRows: ['NET-27'],
          suggestions: [
            'com.amazonaws.us-east-1.dynamodb',
            'com.amazonaws.us-east-1.s3',
            'com.amazonaws.us-east-1.sqs',
          ],
        },
        /^[a-z0-9][a-z0-9.-]*$/,
      ),
      VpcEndpointType: choice(['Gateway', 'Interface', 'GatewayLoadBalancer'], {
        title: 'Type',
        help: 'Gateway for S3 and DynamoDB, interface for the others.',
        factRows: ['NET-27', 'NET-28'],
      }).default('Gateway'),
      RouteTableIds: refs(TABLE, 200, {
        title: 'Route tables',
        help: 'Tables that get a route to the service; only for a gateway.',
        factRows: ['NET-27'],
      }).default([]),
      SubnetIds: refs(SUBNET, 16, {
        title: 'Subnets',
        help: 'Subnets that get an interface; only for an interface endpoint.',
        factRows: ['NET-28'],
        group: 'advanced',
      }).default([]),
      SecurityGroupIds: refs(GROUP, 16, {
        title: 'Security groups',
        help: 'Groups of its interfaces.',
        factRows: ['NET-28'],
        group: 'advanced',
      }).default([]),
      PrivateDnsEnabled: boolean({
        title: 'Private DNS',
        help: "The service's usual name leads to the endpoint.",
        factRows: ['NET-28'],
        group: 'advanced',
      }).default(false),
      PolicyDocument: json({
        title: 'Policy',
        help: 'Calls it lets through; without a policy, all.',
        factRows: ['NET-27', 'NET-28'],
        group: 'advanced',
      }).optional(),
    }),
    Behavior: assigned({
      ...addresses,
      state: state(
        ['available', 'pending', 'pendingAcceptance', 'rejected', 'failed', 'deleting', 'deleted'],
        'Only an available one carries packets.',
      ),
    }),
  },
}
