/** Gets a Chromium when there is none: Playwright's download, else, as root on Debian, the distribution's package. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { findBrowser } from './browser.mjs'
import { ROOT } from './fresh.mjs'

const run = (command, args) =>
  spawnSync(command, args, { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'] }).status === 0

/** @returns {boolean} whether there is a browser now */
export function getBrowser() {
  if (findBrowser() !== null) return true
  console.log('No Chromium here; asking Playwright for its own ...')
  const playwright = join(ROOT, 'node_modules/@playwright/test/cli.js')
  if (run(process.execPath, [playwright, 'install', 'chromium']) && findBrowser() !== null) return true
  if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    console.log("That failed; installing Debian's chromium ...")
    const installed =
      run('apt-get', ['update', '-q']) && run('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium'])
    if (installed && findBrowser() !== null) return true
  }
  console.error('No browser: run `npx playwright install chromium`, or set PW_CHROMIUM to a Chromium or Chrome.')
  return false
}
