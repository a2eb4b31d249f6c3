/** `npm run screenshots`: the README's pictures, taken from the build by the same browser the tests use. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { findBrowser, LAUNCH_ARGS } from './browser.mjs'
import { buildApp } from './build-app.mjs'
import { ROOT } from './fresh.mjs'
import { getBrowser } from './get-browser.mjs'
import { serve } from './serve.mjs'

/** A picture a row. `at`: address below the root; `act`: what to do before it is taken, with a Playwright page. */
const PICTURES = [
  { name: 'light', scheme: 'light', width: 1440, height: 900, at: '#g=orders', act: orders },
  { name: 'dark', scheme: 'dark', width: 1440, height: 900, at: '#g=orders', act: orders },
  { name: 'small', scheme: 'light', width: 1024, height: 768, at: '#g=poison-message', act: watch },
  { name: 'start', scheme: 'light', width: 1440, height: 900, at: '' },
]

/** Plays for a moment, stops, and chooses the worker. */
async function orders(page) {
  await watch(page)
  await page.locator('.react-flow__node[data-id="Worker"]').click({ position: { x: 60, y: 14 } })
  await page.mouse.move(700, 20)
  await page.getByRole('tab', { name: 'Setup' }).waitFor()
}

async function watch(page) {
  const clock = page.getByRole('timer', { name: 'Simulated time' })
  // smart time may skip any one second
  await clock.filter({ hasText: /^\d\d:(?!0[0-3])\d\d/ }).waitFor({ timeout: 60_000 })
  await page.keyboard.press('Space')
}

const FOLDER = join(ROOT, process.argv[2] ?? 'docs/pictures')

if (!getBrowser()) process.exit(1)
buildApp()
mkdirSync(FOLDER, { recursive: true })
const { url, close } = await serve(4190)
const browser = await chromium.launch({ ...findBrowser(), args: LAUNCH_ARGS })
for (const { name, scheme, width, height, at, act } of PICTURES) {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
  })
  const page = await context.newPage()
  page.on('console', (message) => {
    if (message.type() === 'error') console.error(`${name}: ${message.text()}`)
  })
  await page.goto(`${url}/${at}`, { waitUntil: 'networkidle' })
  await page.evaluate(() => document.fonts.ready)
  await act?.(page)
  const path = join(FOLDER, `${name}.png`)
  await page.screenshot({ path })
  console.log(path)
  await context.close()
}
await browser.close()
close()
