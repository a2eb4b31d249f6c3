/** `npm test`: every check in order of cost, each timed; stops at the first that fails. Ends with `N passed, N failed`. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT } from './fresh.mjs'
import { getBrowser } from './get-browser.mjs'

const work = mkdtempSync(join(tmpdir(), 'coldstart-test-'))
const unitReport = join(work, 'unit.json')
const browserReport = join(work, 'browser.json')

const npm = (script, ...args) => ['npm', 'run', '-s', script, ...(args.length > 0 ? ['--', ...args] : [])]
const node = (...args) => [process.execPath, ...args]
const STEPS = [
  { name: 'types', command: npm('test:types') },
  { name: 'lint', command: npm('test:lint') },
  {
    name: 'unit, property, golden',
    command: npm('test:unit', '--reporter=dot', '--reporter=json', `--outputFile.json=${unitReport}`),
  },
  { name: 'build', command: npm('build', '--logLevel', 'warn') },
  { name: 'command line', command: npm('build:cli') },
  { name: 'gallery', command: node('scripts/gallery-check.mjs') },
  { name: 'sizes', command: npm('test:sizes') },
  { name: 'licences', command: node('scripts/licences.mjs', '--check') },
  {
    name: 'browser',
    command: npm('test:browser', '--reporter=list,json'),
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: browserReport },
  },
]

const read = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null)

/** Tests of both runners, from their reports; a flaky test passed in the end and is counted so, and named. */
function counts() {
  const unit = read(unitReport)
  const browser = read(browserReport)?.stats
  return {
    passed: (unit?.numPassedTests ?? 0) + (browser?.expected ?? 0) + (browser?.flaky ?? 0),
    failed: (unit?.numFailedTests ?? 0) + (browser?.unexpected ?? 0),
    skipped: (unit?.numPendingTests ?? 0) + (browser?.skipped ?? 0),
    flaky: browser?.flaky ?? 0,
  }
}

function seconds(since) {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`
}

const started = Date.now()
let failed = getBrowser() ? null : 'getting a browser'
for (const { name, command, env } of failed === null ? STEPS : []) {
  const since = Date.now()
  console.log(`\n== ${name}`)
  const [program, ...args] = command
  const result = spawnSync(program, args, {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
    shell: process.platform === 'win32',
  })
  console.log(`== ${name}: ${result.status === 0 ? 'ok' : 'FAILED'}, ${seconds(since)}`)
  if (result.status !== 0) {
    failed = name
    break
  }
}

const { passed, failed: tests, skipped, flaky } = counts()
rmSync(work, { recursive: true, force: true })
console.log(`\nAll steps took ${seconds(started)}.`)
if (skipped > 0) console.log(`${skipped} skipped`)
if (flaky > 0) console.log(`${flaky} passed only when tried again`)
if (failed !== null) console.log(`FAILED: ${failed}. What follows it was not run.`)
console.log(`${passed} passed, ${failed === null ? tests : Math.max(1, tests)} failed`)
process.exitCode = failed === null && tests === 0 ? 0 : 1
