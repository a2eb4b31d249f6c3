import type { Page } from '@playwright/test'
import { boxOf, clock, drawn, openDock, openPaused, openScenario, playback, settled, shownMs } from './bench'
import { expect, test } from './support'

const press = (page: Page, name: string): Promise<void> =>
  playback(page).getByRole('button', { name, exact: true }).click()
const pace = (page: Page) => playback(page).getByRole('button', { name: /^Pace/ })

test('plays and pauses, by mouse and by Space', async ({ page }) => {
  await openPaused(page, 'twenty-at-once')
  await press(page, 'Play')
  await expect.poll(() => clock(page)).not.toBe('00:00.000')
  await press(page, 'Pause')
  const held = await clock(page)
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
  expect(await clock(page)).toBe(held)
  // the button has the focus and takes Space for itself: the same thing happens, once
  await page.keyboard.press('Space')
  await expect(playback(page).getByRole('button', { name: 'Pause' })).toBeVisible()
  await expect.poll(() => clock(page)).not.toBe(held)
  await page.getByRole('heading', { level: 1 }).evaluate(() => (document.activeElement as HTMLElement).blur())
  await page.keyboard.press('Space')
  await expect(playback(page).getByRole('button', { name: 'Play', exact: true })).toBeVisible()
})

test('one event forward and back returns to the same instant and picture', async ({ page }) => {
  await openPaused(page, 'poison-message')
  const instants: { at: string; picture: string[] }[] = []
  for (let i = 0; i < 8; i++) {
    instants.push({ at: await clock(page), picture: await settled(page) })
    await press(page, 'Step forward')
    await expect.poll(() => clock(page)).not.toBe(instants.at(-1)?.at)
  }
  for (const { at, picture } of instants.reverse()) {
    await press(page, 'Step back')
    await expect.poll(() => clock(page)).toBe(at)
    await expect.poll(() => drawn(page)).toEqual(picture)
  }
})

test('the timeline is scrubbed with the pointer and by keys, and plays on afterwards', async ({ page }) => {
  await openPaused(page, 'one-after-another')
  const timeline = page.getByRole('slider', { name: 'Timeline' })
  const box = await boxOf(timeline)
  // the ruler stands above the lanes
  const y = box.y - 8
  await page.mouse.move(box.x + box.width * 0.25, y)
  await page.mouse.down()
  await expect.poll(() => shownMs(page)).toBeGreaterThan(0)
  const quarter = await shownMs(page)
  await page.mouse.move(box.x + box.width * 0.5, y, { steps: 5 })
  await expect.poll(() => shownMs(page)).toBeGreaterThan(quarter * 1.8)
  await page.mouse.up()
  const half = await clock(page)
  await expect(timeline).toHaveAttribute('aria-valuetext', half)
  await page.mouse.move(box.x + box.width * 0.8, y)
  expect(await clock(page)).toBe(half)

  await timeline.press('Home')
  await expect.poll(() => clock(page)).toBe('00:00.000')
  await timeline.press('ArrowRight')
  await expect.poll(() => shownMs(page)).toBeGreaterThan(0)
  await timeline.press('End')
  const end = await shownMs(page)
  expect(end).toBeGreaterThan(19_000)

  // at the end, playing begins anew
  await press(page, 'Play')
  await expect.poll(() => shownMs(page)).toBeLessThan(end)
})

test('keys: Home, End, steps, seconds, next and previous cold start', async ({ page }) => {
  await openPaused(page, 'one-after-another')
  await page.getByRole('heading', { level: 1 }).evaluate(() => (document.activeElement as HTMLElement).blur())
  await page.keyboard.press('End')
  await expect.poll(() => shownMs(page)).toBeGreaterThan(19_000)
  const end = await clock(page)
  await page.keyboard.press('Shift+J')
  await expect.poll(() => clock(page)).not.toBe(end)
  const cold = await clock(page)
  const events = await openDock(page, 'Events')
  await expect(events.getByRole('row').filter({ hasText: 'cold start' }).first()).toContainText(cold)
  await page.getByRole('heading', { level: 1 }).evaluate(() => (document.activeElement as HTMLElement).blur())
  await page.keyboard.press('Home')
  await expect.poll(() => clock(page)).toBe('00:00.000')
  await page.keyboard.press('Shift+ArrowRight')
  await expect.poll(() => clock(page)).toBe('00:01.000')
  await page.keyboard.press('PageDown')
  await expect.poll(() => clock(page)).toBe('00:11.000')
  await page.keyboard.press('Shift+ArrowLeft')
  await expect.poll(() => clock(page)).toBe('00:10.000')
  await page.keyboard.press('.')
  await expect.poll(() => shownMs(page)).toBeGreaterThan(10_000)
  await page.keyboard.press(',')
  await page.keyboard.press(',')
  await expect.poll(() => shownMs(page)).toBeLessThanOrEqual(10_000)
})

test('the next cold start is found from a button too, which has no use for the letter', async ({ page }) => {
  await openPaused(page, 'orders')
  await page.keyboard.press('Home')
  await expect.poll(() => clock(page)).toBe('00:00.000')
  await playback(page).getByRole('button', { name: 'Step back' }).focus()
  await page.keyboard.press('j')
  await expect.poll(() => shownMs(page)).toBeGreaterThan(0)
})

test('smart time says its pace and why; a chosen speed overrides it', async ({ page }) => {
  await openScenario(page, 'one-after-another')
  // one environment starts cold: slow, and says so
  await expect(pace(page)).toHaveAccessibleName(/^Pace 1\/\d+×, cold start in e1\. Change$/)
  await pace(page).click()
  const menu = page.getByRole('menu')
  await expect(menu.getByRole('menuitemcheckbox', { name: /^Smart time/ })).toBeChecked()
  await menu.getByRole('menuitemradio', { name: '60×', exact: true }).click()
  await expect(pace(page)).toHaveAccessibleName('Pace 60×. Change')
  // 60 times as fast: the run of less than a minute is over at once
  await expect(playback(page).getByRole('button', { name: 'Play', exact: true })).toBeVisible()
  await page.getByRole('heading', { level: 1 }).evaluate(() => (document.activeElement as HTMLElement).blur())
  await page.keyboard.press('[')
  await expect(pace(page)).toHaveAccessibleName('Pace 30×. Change')
  await page.keyboard.press('\\')
  await pace(page).click()
  await expect(menu.getByRole('menuitemcheckbox', { name: /^Smart time/ })).toBeChecked()
})

test('smart time skips where nothing happens and names the end of the wait', async ({ page }) => {
  await openPaused(page, 'add-versus-set')
  await page.getByRole('heading', { level: 1 }).evaluate(() => (document.activeElement as HTMLElement).blur())
  // both functions have failed; the next attempt is a minute away
  await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('Space')
  await expect(pace(page)).toHaveAccessibleName(/^Pace \d+×, nothing until 01:01\. Change$/)
  await expect.poll(() => shownMs(page), { timeout: 8_000 }).toBeGreaterThan(61_000)
  await expect(pace(page)).toHaveAccessibleName(/^Pace 1\/\d×/)
})

test('with reduced motion the run plays by steps @motion', async ({ page }, info) => {
  await openScenario(page, 'one-after-another')
  const stepped = info.project.name === 'reduced-motion'
  await expect(pace(page)).toHaveAccessibleName(stepped ? /^Pace steps/ : /^Pace \d/)
  if (!stepped) return
  // it stands at instants at which something happens, for most of a second each
  const seen = new Set<string>()
  await expect
    .poll(async () => seen.add(await clock(page)).size, { intervals: Array.from({ length: 60 }, () => 50) })
    .toBeGreaterThan(3)
  await press(page, 'Pause')
  const at = await clock(page)
  await press(page, 'Step forward')
  await press(page, 'Step back')
  await expect.poll(() => clock(page)).toBe(at)
})
