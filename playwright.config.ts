import { execFileSync } from 'node:child_process'
import { defineConfig, devices } from '@playwright/test'
import { LAUNCH_ARGS, findBrowser } from './scripts/browser.mjs'

/** A free port, chosen once by the main process; its test workers inherit it. */
function choosePort(): string {
  const script =
    "const s = require('net').createServer().listen(0, '127.0.0.1', () => { console.log(s.address().port); s.close() })"
  return execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' }).trim()
}
const port = (process.env['PW_PORT'] ??= choosePort())
const url = `http://127.0.0.1:${port}`
const ci = process.env['CI'] !== undefined

export default defineConfig({
  testDir: 'e2e',
  fullyParallel: true,
  forbidOnly: ci,
  retries: ci ? 1 : 0,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: {
    baseURL: url,
    actionTimeout: 10_000,
    trace: 'retain-on-failure',
    launchOptions: { ...findBrowser(), args: LAUNCH_ARGS },
  },
  projects: [
    { name: 'chromium', use: { ...devices['Desktop Chrome'] } },
    {
      name: 'reduced-motion',
      use: { ...devices['Desktop Chrome'], contextOptions: { reducedMotion: 'reduce' } },
      grep: /@motion/,
    },
  ],
  webServer: {
    command: 'node scripts/start.mjs --strict',
    env: { PORT: port },
    url,
    reuseExistingServer: false,
    timeout: 180_000,
  },
})
