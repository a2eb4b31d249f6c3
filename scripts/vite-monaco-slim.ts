import type { Plugin } from 'vite'

/**
 * Drops the imports by which Monaco's worker helper registers every editor feature (microsoft/monaco-editor#5162);
 * `src/panels/code` registers the ones we use. The helper comes with a language service such as JSON's; a build that has
 * the one without the other is warned about, since then the file has moved.
 */
export function monacoSlim(): Plugin {
  let languageService = false
  let slimmed = false
  return {
    name: 'coldstart:monaco-slim',
    apply: 'build',
    transform: {
      filter: { id: /monaco-editor\/esm\/vs\/(internal\/common\/workers|languages\/features\/\w+\/workerManager)\.js/ },
      handler(code, id) {
        if (!id.includes('internal/common/workers')) {
          languageService = true
          return null
        }
        slimmed = true
        const kept = code.replace(/^import '[^']+';\n/gm, (line) =>
          /coreCommands|codeEditorWidget/.test(line) ? line : '',
        )
        return { code: kept, map: null }
      },
    },
    buildEnd(error) {
      if (error === undefined && languageService && !slimmed) {
        this.warn('monaco-slim: internal/common/workers.js not seen')
      }
    },
  }
}
