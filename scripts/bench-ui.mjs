/**
 * `npm run bench:ui`: frame rates of the canvas in Chromium, idle and with moving events.
 *
 * The application supplies, on `/?bench=tokens` only,
 *
 *   window.__coldstartBench = {
 *     // resolves when a canvas of `nodes` nodes (and about 1.25 times as many wires) is drawn and fitted, nothing moving
 *     prepare(nodes: number): Promise<void>
 *     // keeps this many events moving on the real overlay until told otherwise; 0 stops it as a paused run would
 *     move(events: number): void
 *   }
 *
 * Frames are counted here, by requestAnimationFrame, so that every row is measured alike. Headless Chromium draws without a
 * GPU; read a row as its ratio to the idle one. `--json` prints the rows as JSON.
 */
import { chromium } from '@playwright/test'
import { findBrowser, LAUNCH_ARGS } from './browser.mjs'
import { buildApp } from './build-app.mjs'
import { getBrowser } from './get-browser.mjs'
import { serve } from './serve.mjs'

const NODES = 150
const EVENTS = [0, 500, 2_000]
const SECONDS = 5

/** Runs in the page: frames per second, and the 95th percentile of the time between two (ms). */
function measure(seconds) {
  return new Promise((resolve) => {
    const gaps = []
    let first = null
    let last = null
    const frame = (now) => {
      if (last !== null) gaps.push(now - last)
      first ??= now
      last = now
      if (now - first < seconds * 1000) requestAnimationFrame(frame)
      else {
        gaps.sort((x, y) => x - y)
        resolve({ fps: (gaps.length * 1000) / (last - first), p95: gaps[Math.floor(gaps.length * 0.95)] ?? 0 })
      }
    }
    requestAnimationFrame(frame)
  })
}

if (!getBrowser()) process.exit(1)
buildApp()
const { url, close } = await serve(4191)
const browser = await chromium.launch({ ...findBrowser(), args: LAUNCH_ARGS })
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
await page.goto(`${url}/?bench=tokens`)
const ready = await page
  .waitForFunction(() => '__coldstartBench' in window, undefined, { timeout: 15_000 })
  .then(
    () => true,
    () => false,
  )
const rows = []
if (ready) {
  await page.evaluate((nodes) => window.__coldstartBench.prepare(nodes), NODES)
  for (const events of EVENTS) {
    await page.evaluate((count) => window.__coldstartBench.move(count), events)
    await page.waitForTimeout(500)
    rows.push({ nodes: NODES, events, ...(await page.evaluate(measure, SECONDS)) })
  }
}
await browser.close()
close()
if (!ready) {
  console.error('bench:ui: the page offers no window.__coldstartBench at /?bench=tokens')
  process.exit(1)
}
if (process.argv.includes('--json')) console.log(JSON.stringify(rows))
else {
  for (const { nodes, events, fps, p95 } of rows) {
    console.log(
      `${nodes} nodes, ${String(events).padStart(5)} events  ${fps.toFixed(1).padStart(6)} fps  p95 ${p95.toFixed(1)} ms`,
    )
  }
}
