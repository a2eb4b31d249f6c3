/** Sentences that answer "why?". */
export const reasons: { readonly [code: string]: string } = {
  'internet.failed': '{resource} answered with an error, as it does for {value} % of requests.',
}
