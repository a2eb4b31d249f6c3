import { fileURLToPath } from 'node:url'
import { defineConfig, type Plugin } from 'vite'

const FURTHER: { readonly [file: string]: string } = {
  'src/services/further.ts': 'export const FURTHER = {}',
  'src/engine/further.ts': 'export const importPaths = null',
  'src/worker/further.ts': 'export const importContentJob = () => Promise.reject()',
}

/**
 * Leaves out `import()`: `engine/run.ts` has everything at hand, and a bundle in one file would wrap every module that may come later in a
 * function, whose constants V8 then reads at every use.
 */
const whole = (): Plugin => ({
  name: 'coldstart:cli-whole',
  enforce: 'pre',
  load(id) {
    const found = Object.keys(FURTHER).find((file) => id === fileURLToPath(new URL(file, import.meta.url)))
    return found === undefined ? null : FURTHER[found]!
  },
})

/** The command line as one file for Node 20, libraries included: `dist-cli/sim.js`. */
export default defineConfig({
  publicDir: false,
  plugins: [whole()],
  ssr: { noExternal: true },
  build: {
    ssr: 'cli/main.ts',
    outDir: 'dist-cli',
    target: 'node20',
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        entryFileNames: 'sim.js',
        banner: '#!/usr/bin/env node',
        codeSplitting: false,
        // V8 folds a top-level const into the code that uses it, and reads a var every time: a tenth of a run
        topLevelVar: false,
      },
    },
  },
})
