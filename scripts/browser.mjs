/** Which Chromium the tests, pictures and frame rates use, and how it is started. */
import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'

const SYSTEM = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/** Playwright's own download is there. */
function hasOwn() {
  try {
    return existsSync(chromium.executablePath())
  } catch {
    return false
  }
}

/**
 * `PW_CHROMIUM`, else Playwright's own download, else the system's.
 * @returns {{ executablePath?: string } | null} launch options; null when there is no browser
 */
export function findBrowser() {
  const named = process.env['PW_CHROMIUM']
  if (named) return { executablePath: named }
  if (hasOwn()) return {}
  const executablePath = SYSTEM.find((path) => existsSync(path))
  return executablePath === undefined ? null : { executablePath }
}

/** Chromium's sandbox refuses to start as root; nothing may call home while a test runs. */
export const LAUNCH_ARGS = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-dev-shm-usage',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-default-apps',
]
