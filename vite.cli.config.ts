import { defineConfig } from 'vite'

/** The command line as one file for Node 20, libraries included: `dist-cli/sim.js`. */
export default defineConfig({
  publicDir: false,
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
