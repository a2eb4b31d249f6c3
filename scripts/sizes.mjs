/** Checks the built application against the size budgets of design.md 9, brotli-compressed, and what the worker may contain. */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import { ROOT } from './fresh.mjs'

const DIST = join(ROOT, 'dist')
/** kB (1,000 bytes) after brotli. */
const BUDGET = { 'page JavaScript': 260, 'engine worker': 80, CSS: 30 }
/** Words that survive minification in any bundle with these libraries in it. */
const FOREIGN = {
  React: [
    'react.transitional.element',
    'react.fragment',
    '__CLIENT_INTERNALS_DO_NOT_USE_OR_WARN_USERS_THEY_CANNOT_UPGRADE',
  ],
  zod: ['ZodError', '~standard'],
}

const sizes = new Map()
/** @param {string} file below dist */
function brotli(file) {
  const known = sizes.get(file)
  if (known !== undefined) return known
  const text = readFileSync(join(DIST, file))
  const size = brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length
  sizes.set(file, size)
  return size
}

/** The chunks a page loads before it runs: the entry and everything it imports statically. */
function closure(manifest, key, seen = new Set()) {
  if (seen.has(key)) return seen
  seen.add(key)
  for (const next of manifest[key].imports ?? []) closure(manifest, next, seen)
  return seen
}

/** A worker file and the parts it cannot start without; those it asks for with `import()` come when a document needs their service. */
function workerClosure(file, seen = new Set()) {
  if (seen.has(file)) return seen
  seen.add(file)
  const text = readFileSync(join(DIST, file), 'utf8')
  for (const [, part] of text.matchAll(/(?:from|import)\s*["'`]\.\/(worker-part-[\w.-]+\.js)/g))
    workerClosure(`assets/${part}`, seen)
  return seen
}

function fail(message) {
  console.error(`sizes: ${message}`)
  process.exitCode = 1
}

const manifest = JSON.parse(readFileSync(join(DIST, '.vite/manifest.json'), 'utf8'))
// what the page needs before the canvas can be used: the entry, and the bench that every document opens on
const start = [...closure(manifest, 'src/app/Bench.tsx', closure(manifest, 'index.html'))].map((key) => manifest[key])
const assets = readdirSync(join(DIST, 'assets')).map((name) => `assets/${name}`)
const engineWorkers = assets.filter((file) => /worker-main-[\w-]+\.js$/.test(file))
if (engineWorkers.length !== 1)
  fail(`found ${engineWorkers.length} engine workers (assets/worker-main-*.js), expected 1`)

const groups = {
  'page JavaScript': start.map((chunk) => chunk.file),
  'engine worker': [...new Set(engineWorkers.flatMap((file) => [...workerClosure(file)]))],
  CSS: [...new Set(start.flatMap((chunk) => chunk.css ?? []))],
}
const counted = new Set(Object.values(groups).flat())
const lazy = assets.filter((file) => !counted.has(file))

const row = (name, files, limit) => {
  const kb = files.reduce((sum, file) => sum + brotli(file), 0) / 1000
  const over = limit !== undefined && kb > limit
  console.log(
    `${name.padEnd(18)} ${kb.toFixed(1).padStart(8)} kB ${limit === undefined ? '' : `of ${limit}${over ? '  OVER' : ''}`}`,
  )
  if (over)
    fail(
      `${name} is ${kb.toFixed(1)} kB, budget ${limit} kB: ${files.map((file) => `${file} ${(brotli(file) / 1000).toFixed(1)}`).join(', ')}`,
    )
}
for (const [name, files] of Object.entries(groups)) row(name, files, BUDGET[name])
row('loaded later', lazy)
for (const file of lazy.toSorted((x, y) => brotli(y) - brotli(x)).slice(0, 8)) {
  console.log(`  ${file.padEnd(48)} ${(brotli(file) / 1000).toFixed(1).padStart(8)} kB`)
}

const text = (files) => files.map((file) => readFileSync(join(DIST, file), 'utf8')).join('\n')
const pageText = text(assets.filter((file) => file.endsWith('.js') && !groups['engine worker'].includes(file)))
const workerText = text(groups['engine worker'])
for (const [library, words] of Object.entries(FOREIGN)) {
  // a word the page does not have would prove nothing about the worker
  const telling = words.filter((word) => pageText.includes(word))
  if (telling.length === 0) fail(`none of the words that tell ${library} apart is in the page: ${words.join(', ')}`)
  const found = telling.filter((word) => workerText.includes(word))
  if (found.length > 0) fail(`the engine worker contains ${library} (${found.join(', ')})`)
}
const eager = text(groups['page JavaScript'])
if (eager.includes('monaco-editor') && eager.includes('MonacoEnvironment')) fail('Monaco is loaded at start')
