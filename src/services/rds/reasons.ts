/** Sentences that answer "why?". */
export const reasons: { readonly [code: string]: string } = {
  'rds.tooManyConnections': '{resource} refused the query: all {value} connections are taken (RDS-1).',
}
