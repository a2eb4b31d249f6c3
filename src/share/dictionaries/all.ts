/**
 * Preset dictionaries for links, by the index a link carries.
 * Append only: a link made with dictionary k must open for ever, so an entry, once released, never changes by a byte.
 */
import { DICTIONARY_1 } from './dictionary1'

const TEXTS: readonly string[] = ['', DICTIONARY_1]

export const DICTIONARIES: readonly Uint8Array[] = TEXTS.map((text) => new TextEncoder().encode(text))

/** The dictionary new links are made with. */
export const CURRENT_DICTIONARY = 1
