/** Inflating what a stranger sent: bounded in memory and time, and never throwing. */
import { Inflate } from 'fflate'

/** One compressed kB unpacks to at most about 1 MB, so a bomb is refused at most that far beyond the limit. */
const SLICE = 1024

export type Inflated = { ok: true; bytes: Uint8Array } | { ok: false; code: 'too-big' | 'damaged' }

/** Raw deflate data made with the preset `dictionary`; at most `limit` bytes come out. */
export function inflateBounded(data: Uint8Array, dictionary: Uint8Array, limit: number): Inflated {
  const chunks: Uint8Array[] = []
  let size = 0
  const inflate = new Inflate({ dictionary }, (chunk) => {
    size += chunk.length
    chunks.push(chunk)
  })
  try {
    for (let at = 0; at < data.length || at === 0; at += SLICE) {
      inflate.push(data.subarray(at, at + SLICE), at + SLICE >= data.length)
      if (size > limit) return { ok: false, code: 'too-big' }
    }
  } catch {
    return { ok: false, code: 'damaged' }
  }
  const bytes = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.length
  }
  return { ok: true, bytes }
}
