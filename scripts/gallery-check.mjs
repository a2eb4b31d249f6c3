/** Runs every gallery scenario twice through the built command line and demands the same bytes. */
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './fresh.mjs'

const folder = join(ROOT, 'public/scenarios')
const files = readdirSync(folder).filter((name) => /\.(ya?ml|json)$/.test(name) && name !== 'index.json')
if (files.length === 0) throw new Error('public/scenarios is empty')

function run(file) {
  const result = spawnSync(process.execPath, [join(ROOT, 'dist-cli/sim.js'), 'run', join(folder, file), '--json'], {
    encoding: 'utf8',
  })
  if (result.status !== 0 || result.stderr !== '') {
    console.error(`gallery: ${file} ended with ${result.status}: ${result.stderr}`)
    process.exit(1)
  }
  return result.stdout
}

for (const file of files) {
  const first = run(file)
  if (first !== run(file)) {
    console.error(`gallery: two runs of ${file} differ`)
    process.exit(1)
  }
  console.log(`${file.padEnd(40)} ${first.length.toLocaleString('en-US').padStart(10)} bytes, twice the same`)
}
