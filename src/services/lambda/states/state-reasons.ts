/** StateReasonCode and LastUpdateStatusReasonCode of a function (LAM-16), each in one sentence. */
export const STATE_REASONS = {
  Idle: 'The function was not called for a long time and lost its resources. The next call revives it.',
  Creating: 'The function is being created.',
  Restoring: 'The function is being revived after a call.',
  EniLimitExceeded: 'The account has as many network interfaces as it may have. Raise the quota or use fewer subnets.',
  InsufficientRolePermissions:
    'The execution role may not do what Lambda needs, such as ec2:CreateNetworkInterface. Grant it.',
  InvalidConfiguration: 'The configuration cannot be applied. Correct it and update the function.',
  InternalError: 'Lambda failed. Try again.',
  SubnetOutOfIPAddresses: 'A subnet has no free address for the network interface. Use a larger subnet.',
  InvalidSubnet: 'A subnet does not exist or is in another VPC.',
  InvalidSecurityGroup: 'A security group does not exist or is in another VPC.',
  ImageDeleted: 'The container image was deleted from its repository.',
  ImageAccessDenied: 'Lambda may not read the container image. Allow it in the policy of the repository.',
  InvalidImage: 'The container image cannot be run by Lambda.',
  KMSKeyAccessDenied: 'The role may not use the KMS key. Grant kms:Decrypt.',
  KMSKeyNotFound: 'The KMS key does not exist.',
  InvalidStateKMSKey: 'The KMS key is in a state in which it cannot be used.',
  DisabledKMSKey: 'The KMS key is disabled. Enable it.',
  EFSIOError: 'The file system failed while it was read or written.',
  EFSMountConnectivityError: 'The file system cannot be reached. Open TCP 2049 between function and mount target.',
  EFSMountFailure: 'The file system could not be mounted. Check the access point and the permission to mount.',
  EFSMountTimeout: 'Mounting the file system took too long.',
  InvalidRuntime: 'The runtime does not exist or is retired.',
  InvalidZipFileException: 'The deployment package is no zip file that Lambda can open.',
  FunctionError: 'The code failed while it was loaded.',
  'FunctionError.InitTimeout': 'Init took longer than it may.',
  'FunctionError.RuntimeInitError': 'The runtime failed to start.',
  'FunctionError.ExtensionInitError': 'An extension failed to start.',
  'FunctionError.InvalidEntryPoint': 'The entry point of the image cannot be run.',
  'FunctionError.InvalidWorkingDirectory': 'The working directory of the image does not exist.',
  'FunctionError.PermissionDenied': 'A file that must be run has no permission to be run.',
  'FunctionError.TooManyExtensions': 'There are more extensions than the ten that are allowed.',
  'FunctionError.InitResourceExhausted': 'Init used up memory or file descriptors.',
} as const

export type StateReasonCode = keyof typeof STATE_REASONS

/** Reasons of Inactive and Pending, which no failure has. */
const PASSING: ReadonlySet<string> = new Set<StateReasonCode>(['Idle', 'Creating', 'Restoring'])

/** Whether a function may be Failed, or an update of it, for this reason. */
export const isFailure = (code: StateReasonCode): boolean => !PASSING.has(code)

const CODES = Object.keys(STATE_REASONS)

/** Number of a reason code, as rows carry it. */
export const stateReason = (code: string): number => CODES.indexOf(code)
/** The code of a number. */
export const stateReasonCode = (number: number): StateReasonCode =>
  (CODES[number] as StateReasonCode | undefined) ?? 'InternalError'
