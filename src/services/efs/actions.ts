import { Token } from '../../model/recording'
import { FILE_SYSTEM, MOUNT, WRITE } from '../file-systems'
import type { Actions } from '../service'

/** NFS, spoken to the mount target of the caller's zone. */
const NFS = { waits: true, token: Token.request, port: 2049 } as const

export const actions: Actions = {
  [FILE_SYSTEM]: {
    [MOUNT]: { title: 'Mount or read', iam: MOUNT, ...NFS },
    [WRITE]: { title: 'Write a file', iam: WRITE, ...NFS },
  },
}
