/** `npm run -s sim`: builds the command line when it is missing or older than its sources, then runs it. Says nothing itself. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT, isFresh } from '../scripts/fresh.mjs'

const OUTPUT = join(ROOT, 'dist-cli/sim.js')
const SOURCES = ['src', 'cli', 'vite.cli.config.ts', 'package-lock.json']

/**
 * A run is many small functions calling each other; V8 inlines them further than it would by itself, which makes runs an eighth faster
 * (`npm run bench`). Not to be had in a browser.
 */
const V8 = ['--max-inlined-bytecode-size-cumulative=3000', '--min-inlining-frequency=0.01']

/** Builds aside and moves the file into place, so that two runs started at once never read half of it. */
function build() {
  const aside = join(ROOT, `dist-cli/.building-${process.pid}`)
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js')
  const built = spawnSync(
    process.execPath,
    [vite, 'build', '--config', 'vite.cli.config.ts', '--outDir', aside, '--logLevel', 'error'],
    { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' },
  )
  if (built.status === 0) {
    mkdirSync(join(ROOT, 'dist-cli'), { recursive: true })
    renameSync(join(aside, 'sim.js'), OUTPUT)
  }
  rmSync(aside, { recursive: true, force: true })
  if (built.status !== 0) {
    console.error(built.error?.message ?? `${built.stdout}${built.stderr}`.trim())
    console.error('sim: the command line could not be built; run npm ci first')
    process.exit(70)
  }
}

if (!isFresh('dist-cli/sim.js', SOURCES)) build()
const { status, signal, error } = spawnSync(process.execPath, [...V8, OUTPUT, ...process.argv.slice(2)], {
  stdio: 'inherit',
})
if (error !== undefined) console.error(`sim: ${error.message}`)
if (signal !== null && signal !== undefined) process.kill(process.pid, signal)
process.exitCode = status ?? 1
