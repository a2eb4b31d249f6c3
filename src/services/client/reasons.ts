/** Sentences that answer "why?". */
export const reasons: { readonly [code: string]: string } = {
  'client.retry': 'The call failed. {resource} tries again in {value} s (INV-1).',
  'client.timeout': '{resource} waited {value} s for an answer and gave up.',
}
