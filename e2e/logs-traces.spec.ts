import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { clock, computed, inspector, node, openDock, openEmpty, openPaused } from './bench'
import { expect, test } from './support'

test.use({ viewport: { width: 1440, height: 900 } })

const why = (page: Page): Locator => inspector(page).getByRole('list', { name: /^Why\?/ })
const lines = (page: Page): Locator => page.getByRole('grid', { name: 'Log lines' })
const events = (page: Page): Locator => page.getByRole('grid', { name: 'Root events' })
const segments = (page: Page): Locator => page.getByRole('treegrid', { name: 'Segments of the trace' })
const segment = (page: Page, name: RegExp): Locator => segments(page).getByRole('row', { name }).first()

/** No violations in the dock. */
async function clean(page: Page, what: string): Promise<void> {
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => null))),
  )
  const { violations } = await new AxeBuilder({ page }).include('[aria-label="Dock"]').analyze()
  const told = violations.flatMap(({ id, help, nodes }) =>
    nodes.map((found) => `${id}: ${help}: ${found.target.join(' ')}: ${found.any[0]?.message ?? ''}`),
  )
  expect.soft(told, what).toEqual([])
}

test('logs by mouse: a line, its moment, its reason, a search', async ({ page }) => {
  await openPaused(page, 'poison-message')
  const panel = await openDock(page, 'Logs')
  await expect(panel.getByRole('status')).toHaveText('13 lines')

  await test.step('a failed invocation', async () => {
    const error = lines(page)
      .getByRole('row', { name: /Invoke Error/ })
      .first()
    await error.click()
    await expect(error).toHaveAttribute('aria-selected', 'true')
    await expect.poll(() => clock(page)).toBe('00:02.101')
    await expect(inspector(page).getByRole('heading', { level: 2, name: /^Worker/ })).toBeVisible()
    await expect(panel.getByRole('group', { name: 'Chosen line' })).toContainText('"errorType":"Error"')
    await expect(panel.getByRole('group', { name: 'Chosen line' })).toContainText(
      '/aws/lambda/Worker 2026/11/20/[$LATEST]',
    )
    await error.getByRole('button', { name: 'Why?' }).click()
    await expect(why(page)).toContainText('Worker')
    await clean(page, 'a chosen line')
  })

  await test.step('a search', async () => {
    await panel.getByRole('searchbox', { name: 'Find in logs' }).fill('REPORT')
    await expect(lines(page)).toHaveAttribute('aria-rowcount', '3')
    await panel.getByRole('searchbox', { name: 'Find in logs' }).fill('nothing like it')
    await expect(panel).toContainText('No line matches. Choose another stream or clear the search.')
    await clean(page, 'nothing found')
    await panel.getByRole('searchbox', { name: 'Find in logs' }).fill('')
  })

  await test.step('one stream', async () => {
    await panel.getByRole('combobox', { name: 'Log stream' }).click()
    await page.getByRole('option', { name: /^Worker e1 / }).click()
    await expect(lines(page)).toHaveAttribute('aria-rowcount', '13')
  })
})

test('logs by keyboard alone', async ({ page }) => {
  await openPaused(page, 'poison-message')
  const panel = await openDock(page, 'Logs')
  await expect(lines(page)).toBeVisible()
  await panel.getByRole('searchbox', { name: 'Find in logs' }).focus()
  await page.keyboard.press('Tab')
  await expect(lines(page)).toBeFocused()
  await page.keyboard.press('Home')
  await expect(lines(page).getByRole('row', { selected: true })).toContainText('INIT_START Runtime Version: nodejs:24')
  for (let i = 0; i < 2; i++) await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect.poll(() => clock(page)).toBe('00:02.101')
  await expect(lines(page)).toBeFocused()
  await page.keyboard.press('?')
  await expect(why(page)).toBeVisible()
  await lines(page).focus()
  await page.keyboard.press('End')
  await expect(lines(page).getByRole('row', { selected: true })).toContainText('REPORT RequestId:')
  await expect(lines(page).getByRole('row', { selected: true })).toBeInViewport()
})

test('queries: ready-made, written by hand, and wrong', async ({ page }) => {
  await openPaused(page, 'poison-message')
  const panel = await openDock(page, 'Logs')
  await panel.getByRole('radio', { name: 'Query' }).check()
  const text = panel.getByRole('textbox', { name: 'Query' })
  const result = panel.getByRole('grid', { name: 'Query result' })

  await test.step('ready-made', async () => {
    await panel.getByRole('combobox', { name: 'Ready-made queries' }).click()
    await page.getByRole('option', { name: 'Errors and timeouts' }).click()
    await expect(panel).toContainText('13 lines scanned, 3 matched, 3 rows.')
    const newest = result.getByRole('row', { name: /Invoke Error/ }).first()
    await newest.click()
    await expect(newest).toHaveAttribute('aria-selected', 'true')
    await expect.poll(() => clock(page)).toBe(await newest.getByRole('gridcell').first().innerText())
    await clean(page, 'a result')
  })

  await test.step('written by hand, by keyboard', async () => {
    await text.fill('filter @type = "REPORT"\n| stats count(*) as n, max(@billedDuration) as most by bin(1m)')
    await text.press('ControlOrMeta+Enter')
    const rows = result.getByRole('row')
    await expect(rows).toHaveText([/bin\(1m\)nmost/, /^00:00/, /^01:00/])
    await expect(rows.nth(1).getByRole('gridcell')).toHaveText(['00:00.000', '2', '1051'])
    await text.press('Tab')
    await result.focus()
    await page.keyboard.press('End')
    await expect(result.getByRole('row', { selected: true })).toContainText('01:00.000')
  })

  await test.step('to the playhead', async () => {
    await panel.getByRole('radio', { name: 'Whole run' }).focus()
    await panel.getByRole('radio', { name: 'To playhead' }).check()
    await expect(panel).toContainText('13 lines scanned, 3 matched')
  })

  await test.step('wrong', async () => {
    await text.fill('filter @message like /a(b/')
    await panel.getByRole('button', { name: 'Run query' }).click()
    await expect(panel.getByRole('alert')).toContainText('Line 1, column 25: A ( without its )')
    await expect(text).toHaveAttribute('aria-invalid', 'true')
    await clean(page, 'a wrong query')
    await panel.getByRole('button', { name: 'Show the place' }).click()
    await expect(text).toBeFocused()
    expect(await text.evaluate((box: HTMLTextAreaElement) => box.selectionStart)).toBe(24)
  })
})

test('traces by mouse: find one, see where its time went, and why it failed', async ({ page }) => {
  await openPaused(page, 'poison-message')
  const panel = await openDock(page, 'Traces')
  await expect(panel.getByRole('status')).toHaveText('10 of 10 traces')
  await panel.getByRole('combobox', { name: 'Show' }).click()
  await page.getByRole('option', { name: 'Cold starts' }).click()
  await expect(panel.getByRole('status')).toHaveText('1 of 10 traces')
  await events(page).getByRole('row').first().click()
  await expect.poll(() => clock(page)).toBe('00:01.000')

  await test.step('the waterfall as a table', async () => {
    await expect(segment(page, /^Shop Coldstart::Client/)).toHaveAttribute('aria-level', '1')
    await expect(segment(page, /^Initialization 50 ms 50 ms/)).toBeAttached()
    await expect(segment(page, /^Hidden receive 3/)).toBeAttached()
    await expect(segments(page).getByRole('row', { name: /Worker AWS::Lambda::Function/ })).toHaveCount(3)
    await clean(page, 'a waterfall')
  })

  await test.step('a failed invocation', async () => {
    const failed = segment(page, /^Worker AWS::Lambda::Function · cold start · fault/)
    await failed.getByRole('gridcell').first().click()
    await expect.poll(() => clock(page)).toBe('00:01.050')
    await expect(inspector(page).getByRole('heading', { level: 2, name: /^Worker/ })).toBeVisible()
    await failed.getByRole('button', { name: 'Why?' }).click()
    await expect(why(page)).toBeVisible()
  })

  await test.step('its document', async () => {
    await panel.getByRole('button', { name: 'Document' }).click()
    const document = panel.getByRole('complementary', { name: 'Segment document' })
    await expect(document).toContainText('"origin": "AWS::Lambda::Function"')
    await expect(document).toContainText('"fault": true')
    await clean(page, 'a document')
  })
})

test('traces by keyboard alone: every message of a batch shows the batch', async ({ page }) => {
  await openPaused(page, 'poison-message')
  const panel = await openDock(page, 'Traces')
  await panel.getByRole('searchbox', { name: 'Find in traces' }).focus()
  await page.keyboard.type('worker')
  await expect(panel.getByRole('status')).toHaveText('10 of 10 traces')
  await page.keyboard.press('Tab')
  await expect(events(page)).toBeFocused()
  await page.keyboard.press('Home')
  await page.keyboard.press('Enter')
  await expect.poll(() => clock(page)).toBe('00:01.000')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await expect(segments(page)).toBeFocused()
  await page.keyboard.press('End')
  await expect(segments(page).getByRole('row', { selected: true })).toContainText('Waiting')
  await page.keyboard.press('ArrowLeft')
  await expect(segments(page).getByRole('row', { selected: true })).toContainText('OrdersDLQ AWS::SQS::Queue')
  await page.keyboard.press('Enter')
  await expect.poll(() => clock(page)).toMatch(/^01:3\d\.000$/)
  await expect(inspector(page).getByRole('heading', { level: 2, name: /^OrdersDLQ/ })).toBeVisible()
  await page.keyboard.press('?')
  await expect(why(page)).toBeVisible()
})

test('what is on show stays while the run plays', async ({ page }) => {
  await page.goto('./#g=orders')
  await computed(page)
  const panel = await openDock(page, 'Traces')
  const id = panel.getByRole('button', { name: /^1-[0-9a-f]{8}-[0-9a-f]{24}$/ })
  const before = await id.innerText()
  const from = await clock(page)
  await expect.poll(() => clock(page)).not.toBe(from)
  await page.waitForTimeout(1_500)
  await expect(id).toHaveText(before)
})

for (const scheme of ['light', 'dark'] as const)
  test(`empty and full at 1024 x 768, ${scheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme })
    await page.setViewportSize({ width: 1024, height: 768 })
    await openEmpty(page)
    await expect(await openDock(page, 'Logs')).toContainText('No logs yet. A function writes them when it is invoked.')
    await clean(page, 'no logs')
    await expect(await openDock(page, 'Traces')).toContainText('No traces yet. Traces appear when an event enters.')
    await clean(page, 'no traces')
    await openPaused(page, 'poison-message')
    await expect(node(page, 'Worker')).toBeVisible()
    for (const tab of ['Logs', 'Traces']) {
      const panel = await openDock(page, tab)
      await expect(panel.getByRole('row').first()).toBeVisible()
      await clean(page, tab)
      const wide = await panel.evaluate((box) => box.scrollWidth - box.clientWidth)
      expect(wide, `${tab} fits`).toBeLessThanOrEqual(0)
    }
  })
