import type { Plugin } from 'vite'

/**
 * Leaves out of the worker what only readers need: titles of facts and of calls, sentences of state reasons. Sources of them are
 * `fact('key', 'Title', ...)`, `title: 'Title'` and `Code: 'Sentence.'` in files of these names; everything else of them stays.
 */
export const workerSlim = (): Plugin => ({
  name: 'coldstart:worker-slim',
  enforce: 'pre',
  transform(code, id) {
    // the charts a service names are for pictures; what runs them imports them itself
    if (/\/src\/services\/[a-z0-9]+\/index\.ts$/.test(id))
      return { code: code.replace(/machines: \{[^}]*\}/, 'machines: {}'), map: null }
    if (/\/src\/services\/[a-z0-9]+\/[a-z]+\/state-reasons\.ts$/.test(id))
      return { code: code.replace(/:\s*'(?:[^'\\]|\\.)*',/g, ": '',"), map: null }
    if (!/\/src\/services\/[a-z0-9]+\/([a-z]+\/)?[a-z-]*(facts?|facts-[a-z]+|actions)\.ts$/.test(id)) return null
    const slim = code
      .replace(/\btitle: '(?:[^'\\]|\\.)*'/g, "title: ''")
      .replace(/(\bfact\(\s*'[A-Za-z0-9]+',\s*)'(?:[^'\\]|\\.)*'/g, "$1''")
    return slim === code ? null : { code: slim, map: null }
  },
})
