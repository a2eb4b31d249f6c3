/** Builds the application when `dist` is missing or older than its sources. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { ROOT, isFresh } from './fresh.mjs'

const SOURCES = [
  'src',
  'public',
  'index.html',
  'vite.config.ts',
  'package-lock.json',
  'scripts/vite-csp.ts',
  'scripts/vite-monaco-slim.ts',
]

/** Runs Vite with these arguments; ends the process when it fails. */
export function vite(args) {
  const result = spawnSync(process.execPath, [join(ROOT, 'node_modules/vite/bin/vite.js'), ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  if (result.status !== 0) process.exit(result.status ?? 1)
}

export function buildApp() {
  if (isFresh('dist/index.html', SOURCES)) return
  console.log('Building Coldstart ...')
  vite(['build', '--logLevel', 'warn'])
}
