import type { Plugin } from 'vite'

/**
 * Drops the imports by which Monaco's worker helper registers every editor feature (microsoft/monaco-editor#5162);
 * `src/panels/code` registers the ones we use. Warns when Monaco is in the build and that file has moved.
 */
export function monacoSlim(): Plugin {
  let monaco = false
  let slimmed = false
  return {
    name: 'coldstart:monaco-slim',
    apply: 'build',
    transform: {
      filter: { id: /monaco-editor\/esm\/vs\/(internal\/common\/workers|editor\/editor\.api)/ },
      handler(code, id) {
        monaco = true
        if (!id.includes('internal/common/workers')) return null
        slimmed = true
        const kept = code.replace(/^import '[^']+';\n/gm, (line) =>
          /coreCommands|codeEditorWidget/.test(line) ? line : '',
        )
        return { code: kept, map: null }
      },
    },
    buildEnd(error) {
      if (error === undefined && monaco && !slimmed) this.warn('monaco-slim: internal/common/workers.js not seen')
    },
  }
}
