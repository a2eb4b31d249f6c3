/** What an RDS database and its subnet group may carry. */
import { boolean, choice, duration, integer, map, ref, refs, text, z } from '../schema-kit'
import type { Schemas } from '../schema-kit'

export const schemas: Schemas = {
  'AWS::RDS::DBInstance': {
    Properties: z.strictObject({
      Engine: choice(['mysql', 'postgres'], {
        title: 'Engine',
        help: 'MySQL listens on port 3306, PostgreSQL on 5432.',
      }).default('postgres'),
      DBInstanceClass: text(
        40,
        {
          title: 'Class',
          help: 'Size of the machine; its memory sets how many connections it takes.',
          factRows: ['RDS-1'],
          suggestions: ['db.t4g.micro', 'db.t4g.small', 'db.t4g.medium', 'db.r7g.large'],
        },
        /^db\.[a-z0-9]+\.[a-z0-9]+$/,
      ).default('db.t4g.micro'),
      AllocatedStorage: text(
        6,
        { title: 'Storage', help: 'Size of the disk in GiB, as text.', group: 'advanced' },
        /^[1-9]\d{0,5}$/,
      ).optional(),
      DBSubnetGroupName: ref(['AWS::RDS::DBSubnetGroup'], {
        title: 'Subnet group',
        help: 'Subnets the database may be in.',
      }).optional(),
      VPCSecurityGroups: refs(['AWS::EC2::SecurityGroup'], 5, {
        title: 'Security groups',
        help: 'Groups that decide who reaches the database.',
        factRows: ['NET-23'],
      }).default([]),
      PubliclyAccessible: boolean({
        title: 'Public',
        help: 'Gives the database a public address.',
        group: 'advanced',
      }).default(false),
      AvailabilityZone: text(
        30,
        { title: 'Zone', help: 'Zone it prefers: a, b, c.', group: 'advanced' },
        /^[a-z0-9-]{1,30}$/,
      ).optional(),
      MultiAZ: boolean({ title: 'Standby', help: 'Keeps a standby in another zone.', group: 'advanced' }).default(
        false,
      ),
      Port: integer(1_150, 65_535, {
        title: 'Port',
        help: "TCP port, when it is not the engine's own.",
        unit: 'count',
        group: 'advanced',
      }).optional(),
    }),
    Behavior: z.strictObject({
      latency: duration({ title: 'Query time', help: 'Time until a query is answered.' }).default(0.01),
      maxConnections: integer(1, 16_000, {
        title: 'Connections',
        help: 'Connections it takes at the same time; more are refused.',
        unit: 'count',
        factRows: ['RDS-1', 'RDS-2'],
        slider: { min: 1, max: 5_000, scale: 'log' },
      }).optional(),
      physicalId: text(255, { title: 'AWS id', help: 'Name AWS knows it by.', group: 'advanced' }).optional(),
      addresses: map(text(15, { title: 'Address', help: 'Address in that subnet.' }), {
        title: 'Addresses',
        help: 'Private address by subnet.',
        group: 'advanced',
      }).optional(),
    }),
  },
  'AWS::RDS::DBSubnetGroup': {
    Properties: z.strictObject({
      DBSubnetGroupDescription: text(255, {
        title: 'Description',
        help: 'A note AWS asks for.',
        group: 'advanced',
      }).default('Subnets of the database'),
      SubnetIds: refs(['AWS::EC2::Subnet'], 20, { title: 'Subnets', help: 'Subnets in at least two zones.' }),
    }),
  },
}
