/** What AWS assigns to network resources, as their Behavior tells it: ids, accounts, addresses. */
import { map, text, z } from './schema-kit'
import type { Schema } from './schema-kit'

const OCTETS = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/
export const address = (title: string, help: string) => text(15, { title, help, group: 'advanced' }, OCTETS)

const label = (title: string, help: string) => text(255, { title, help, group: 'advanced' }).optional()

/** `Behavior` of a network resource: what AWS assigned, as an import from a real account finds it, and `more`. */
export const assigned = (more?: { readonly [name: string]: Schema }) =>
  z.strictObject({
    physicalId: label('AWS id', 'Id AWS gave it, such as vpc-0a1b2c3d.'),
    account: label('Account', 'Account it belongs to.'),
    region: label('Region', 'Region it lies in.'),
    ...more,
  })

export const privateAddress = {
  address: address('Private address', 'Address AWS gave it.').optional(),
}
export const publicIp = {
  publicIp: address('Public address', 'Public address AWS gave it.').optional(),
}
export const publicIps = {
  publicIps: map(address('Public address', 'Public address in that subnet.'), {
    title: 'Public addresses',
    help: 'Public address by subnet.',
    group: 'advanced',
  }).optional(),
}
/** For what has an interface in each of several subnets. */
export const addresses = {
  addresses: map(address('Address', 'Address in that subnet.'), {
    title: 'Addresses',
    help: 'Private address by subnet.',
    group: 'advanced',
  }).optional(),
}
