/** Sentences that answer "why?". */
export const reasons: { readonly [code: string]: string } = {
  'source.lost': '{subject} did not take the event of {resource}, which sends it once (INV-14). It is lost.',
}
