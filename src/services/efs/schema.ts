/** What a file system, its mount targets and its access points may carry. */
import { ACCESS_POINT, FILE_SYSTEM, MOUNT_TARGET } from '../file-systems'
import { anyJson, boolean, choice, duration, map, number, object, ref, refs, text, z } from '../schema-kit'
import type { Schemas } from '../schema-kit'

const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)'
// YAML reads an unquoted 1000 as a number, so numbers pass as well.
const owner = (title: string, help: string) =>
  z
    .union([
      z
        .string()
        .max(10)
        .regex(/^\d{1,10}$/),
      z.number().int().min(0).max(4_294_967_295),
    ])
    .meta({ title, help, kind: 'strings', suggestions: ['1000'] })
const uid = owner('User id', 'Number of the user.')
const gid = owner('Group id', 'Number of the group.')
const ofSystem = ref([FILE_SYSTEM], { title: 'File system', help: 'File system it belongs to.', factRows: ['LAM-67'] })

/** What AWS assigned, as an import from a real account finds it. */
const label = (title: string, help: string) => text(255, { title, help, group: 'advanced' }).optional()
const assigned = {
  physicalId: label('AWS id', 'Id AWS gave it, such as fs-0a1b2c3d.'),
  account: label('Account', 'Account it belongs to.'),
  region: label('Region', 'Region it lies in.'),
}

export const schemas: Schemas = {
  [FILE_SYSTEM]: {
    Properties: z.strictObject({
      PerformanceMode: choice(['generalPurpose', 'maxIO'], {
        title: 'Performance',
        help: 'The older maxIO is for thousands of clients.',
        group: 'advanced',
      }).default('generalPurpose'),
      ThroughputMode: choice(['bursting', 'provisioned', 'elastic'], {
        title: 'Throughput',
        help: 'Shared by all mounts, unless it is elastic and grows as needed.',
      }).default('bursting'),
      ProvisionedThroughputInMibps: number(1, 3_072, {
        title: 'Provisioned',
        help: 'MiB a second, only with throughput provisioned.',
        slider: { min: 1, max: 1_024, scale: 'log' },
      }).optional(),
      Encrypted: boolean({ title: 'Encrypted', help: 'Encrypts what is stored.', group: 'advanced' }).default(false),
    }),
    Behavior: z.strictObject({
      ...assigned,
      latency: duration({ title: 'Latency', help: 'Time a read or write takes before its bytes move.' }).optional(),
      files: map(
        object(
          {
            size: number(0, 100_000, { title: 'Size', help: 'Size of the file.', unit: 'MB' }).default(0),
            content: anyJson({ title: 'Content', help: 'What stands in it.' }).optional(),
          },
          { title: 'File', help: 'A file that is there when the run starts.' },
        ),
        { title: 'Files', help: 'Files at the start, by path: /models/a.bin.', group: 'advanced' },
      ).optional(),
    }),
  },
  [MOUNT_TARGET]: {
    Properties: z.strictObject({
      FileSystemId: ofSystem,
      SubnetId: ref(['AWS::EC2::Subnet'], {
        title: 'Subnet',
        help: 'Subnet it has its address in; one for each zone.',
        factRows: ['LAM-67'],
      }),
      SecurityGroups: refs(['AWS::EC2::SecurityGroup'], 5, {
        title: 'Security groups',
        help: 'They must let TCP 2049 in from the functions.',
        factRows: ['LAM-67', 'NET-23'],
      }).default([]),
      IpAddress: text(
        15,
        { title: 'Address', help: 'Address in the subnet; a free one by default.', group: 'advanced' },
        new RegExp(`^${OCTET}(?:\\.${OCTET}){3}$`),
      ).optional(),
    }),
    Behavior: z.strictObject(assigned),
  },
  [ACCESS_POINT]: {
    Properties: z.strictObject({
      FileSystemId: ofSystem,
      PosixUser: object(
        { Uid: uid, Gid: gid },
        { title: 'User', help: 'User and group all that is done here is done as.', group: 'advanced' },
      ).optional(),
      RootDirectory: object(
        {
          Path: text(100, { title: 'Path', help: 'Directory that is mounted.' }, /^(?:\/|(?:\/[^/\s]+){1,4})$/).default(
            '/',
          ),
          CreationInfo: object(
            {
              OwnerUid: uid,
              OwnerGid: gid,
              Permissions: text(4, { title: 'Permissions', help: 'As for chmod: 0755.' }, /^[0-7]{3,4}$/),
            },
            { title: 'Creation', help: 'Makes the directory when it is not there.' },
          ).optional(),
        },
        { title: 'Root directory', help: 'Part of the file system that is mounted.', factRows: ['LAM-67'] },
      ).optional(),
    }),
    Behavior: z.strictObject(assigned),
  },
}
