/** What to say about the length of a link before someone sends it. */
import { MAX_LINK_CHARS } from './link'

/** Teams keeps about 2,048 characters of a link and Slack bookmarks 2,049; longer ones are cut without a word. */
const SAFE_LINK_CHARS = 2000

/** `fits`: send it. `long`: some chats cut it. `too-long`: it will not open. */
export type LinkAdvice = { kind: 'fits' } | { kind: 'long' | 'too-long'; message: string }

/** `length`: characters of the link text. */
export function linkAdvice(length: number): LinkAdvice {
  if (length > MAX_LINK_CHARS) {
    const limit = `A link of ${length} characters does not open; ${MAX_LINK_CHARS} is the most.`
    return { kind: 'too-long', message: `${limit} Send a file instead.` }
  }
  if (length > SAFE_LINK_CHARS) {
    return {
      kind: 'long',
      message: `This link has ${length} characters. Some chats cut links after ${SAFE_LINK_CHARS}. Send a file instead?`,
    }
  }
  return { kind: 'fits' }
}
