/** Sentences that answer "why?". */
export const reasons = {
  'efs.missing': '{resource} holds no file of this path: nobody wrote it, or it lies under another root directory.',
  'efs.noRoot':
    '{resource} has no directory that the access point starts at, and the access point does not say how to create it. Mounting fails (LAM-67). Give it CreationInfo.',
  'efs.slow':
    'The throughput of {resource} was taken by others: this read or write waited {value} ms. Provision more, or use elastic throughput.',
  'efs.replaced': '{resource} held a file of this path. The last write wins: {value} MB stand there now.',
} as const
