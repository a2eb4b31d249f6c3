import { defineConfig } from 'vite'
import react from '@vitejs/plugin-react'
import { contentSecurityPolicy } from './scripts/vite-csp.ts'
import { monacoSlim } from './scripts/vite-monaco-slim.ts'
import { workerCharts } from './scripts/vite-worker-charts.ts'
import { workerSlim } from './scripts/vite-worker-slim.ts'

export default defineConfig({
  // relative addresses: the build works from any folder of any host
  base: './',
  plugins: [react(), monacoSlim(), contentSecurityPolicy()],
  worker: {
    format: 'es',
    plugins: () => [workerCharts(), workerSlim()],
    // names by which scripts/sizes.mjs tells worker files from the page's
    rolldownOptions: {
      output: {
        entryFileNames: 'assets/worker-[name]-[hash].js',
        chunkFileNames: 'assets/worker-part-[name]-[hash].js',
        // see vite.cli.config.ts
        topLevelVar: false,
      },
    },
  },
  build: {
    target: 'baseline-widely-available',
    manifest: true,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 4_000,
  },
})
