import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { canvas, computed, inspector, openPaused } from './bench'
import { expect, test } from './support'

test.use({ viewport: { width: 1440, height: 900 } })

const dialog = (page: Page): Locator => page.getByRole('dialog', { name: /^Pattern of / })
const text = (page: Page): Locator => dialog(page).getByRole('textbox', { name: /^Pattern of .*JSON$/ })
const events = (page: Page): Locator => dialog(page).getByRole('listbox', { name: /events$|^Samples$/ })
const fields = (page: Page): Locator => dialog(page).getByRole('listbox', { name: 'Fields of the event' })

async function toTheEnd(page: Page): Promise<void> {
  // End is the transport's own key while one of its buttons has the focus
  await page.evaluate(() => (document.activeElement as HTMLElement).blur())
  await page.keyboard.press('End')
}

/** The whole run of a gallery scenario, its bus chosen. */
async function openBus(page: Page, slug: string, bus: string): Promise<void> {
  await openPaused(page, slug)
  await toTheEnd(page)
  await canvas(page)
    .getByRole('group', { name: new RegExp(`^${bus},`) })
    .click({ position: { x: 60, y: 16 } })
}

async function write(page: Page, pattern: string): Promise<void> {
  await text(page).focus()
  await page.keyboard.press('Control+a')
  // typed at once, or brackets would be closed as one types
  await page.keyboard.insertText(pattern)
}

async function clean(page: Page, what: string): Promise<void> {
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => null))),
  )
  const { violations } = await new AxeBuilder({ page })
    .include('[role="dialog"].ui-dialog')
    // Base UI puts focus guards round a dialog
    .disableRules(['aria-hidden-focus', 'region'])
    .analyze()
  expect
    .soft(
      violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id} ${node.target.join(' ')}`)),
      what,
    )
    .toEqual([])
}

test('a pattern is tried against the events of the run and applied as one step', async ({ page }) => {
  await openBus(page, 'three-consumers', 'ShopBus')
  await inspector(page).getByRole('button', { name: 'Placed', exact: true }).click()
  const door = inspector(page).getByRole('button', { name: 'Edit pattern' })
  await door.click()
  await expect(dialog(page)).toContainText('60 of 70 recorded events match.')
  const cancelled = events(page)
    .getByRole('option', { name: /order\.cancelled/ })
    .first()
  await cancelled.click()
  await expect(dialog(page)).toContainText('No match. detail-type: wanted order.placed, saw order.cancelled')
  await expect(fields(page).getByRole('option', { name: 'detail-type: "order.cancelled"' })).toHaveAttribute(
    'data-decided',
    'no',
  )
  await clean(page, 'recorded events')

  await test.step('what is wrong has one place and one message, and cannot be applied', async () => {
    await write(page, '{"source": "shop"}')
    await expect(dialog(page)).toContainText('Line 1, source: "source" is a plain value; write it as a list: ["shop"].')
    await expect(dialog(page).getByRole('button', { name: 'Apply' })).toBeDisabled()
    await clean(page, 'a pattern that cannot be read')
  })
  await test.step('a pattern made of the event and one field more', async () => {
    await fields(page)
      .getByRole('option', { name: /^detail\.reason/ })
      .click()
    await dialog(page).getByRole('button', { name: 'Pattern from this event' }).click()
    await expect(dialog(page)).toContainText('10 of 70 recorded events match.')
  })
  await dialog(page).getByRole('button', { name: 'Apply' }).click()
  await expect(dialog(page)).toHaveCount(0)
  await expect(inspector(page).getByRole('textbox', { name: 'EventPattern' })).toHaveValue(/"reason": \[\s+"late"/)
  await expect(door).toBeFocused()
  await test.step('one undo takes it back', async () => {
    await page.keyboard.press('Control+z')
    await expect(inspector(page).getByRole('textbox', { name: 'EventPattern' })).not.toHaveValue(/reason/)
  })
})

test('by keyboard alone: completion, events, and what was typed is there again', async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 768 })
  await openBus(page, 'three-consumers', 'ShopBus')
  const door = inspector(page).getByRole('button', { name: 'Edit the pattern of Cancelled' })
  await door.focus()
  await page.keyboard.press('Enter')
  await expect(text(page)).toBeFocused()
  await expect(dialog(page)).toContainText('10 of 70 recorded events match.')
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Delete')
  await page.keyboard.type('{"detail": {"cou', { delay: 40 })
  await expect(page.locator('.suggest-widget').getByText('country')).toBeVisible()
  await page.keyboard.press('Enter')
  await page.keyboard.type('"')
  await expect(page.locator('.suggest-widget').getByText('"BA"')).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(dialog(page)).toContainText('60 of 70 recorded events match.')
  const box = await dialog(page).boundingBox()
  expect(box!.x).toBeGreaterThanOrEqual(0)
  expect(box!.x + box!.width).toBeLessThanOrEqual(1024)
  await page.keyboard.press('Escape')
  await expect(dialog(page)).toHaveCount(0)
  await expect(door).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(dialog(page)).toContainText('60 of 70 recorded events match.')
  await dialog(page).getByRole('radio', { name: 'Samples' }).focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('Tab')
  await expect(events(page)).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(events(page).getByRole('option').nth(1)).toHaveAttribute('aria-selected', 'true')
  await text(page).focus()
  await page.keyboard.press('Control+Enter')
  await expect(dialog(page)).toHaveCount(0)
  await expect(inspector(page).getByRole('list', { name: 'Rules of ShopBus' })).toContainText('"country": ["BA"]')
})

test('an event that matched no rule opens the rule it came nearest to', async ({ page }) => {
  await openBus(page, 'three-consumers', 'ShopBus')
  for (const [rule, pattern] of [
    ['Everything', '{"source": ["nobody"]}'],
    ['Cancelled', '{"source": ["support"], "detail": {"reason": ["early"]}}'],
  ] as const) {
    await inspector(page)
      .getByRole('button', { name: `Edit the pattern of ${rule}` })
      .click()
    await write(page, pattern)
    await dialog(page).getByRole('button', { name: 'Apply' }).click()
    await expect(dialog(page)).toHaveCount(0)
  }
  await computed(page)
  await canvas(page).getByRole('button', { name: 'Which field missed?' }).click()
  await expect(page.getByRole('dialog', { name: 'Pattern of Cancelled' })).toContainText(
    'No match. detail.reason: wanted early, saw late',
  )
  await dialog(page).getByRole('combobox', { name: 'Rule' }).click()
  await page.getByRole('option', { name: 'Placed', exact: true }).click()
  await expect(page.getByRole('dialog', { name: 'Pattern of Placed' })).toContainText(
    'No match. detail-type: wanted order.placed, saw order.cancelled',
  )
  await page.keyboard.press('Escape')

  await test.step('and so does Why?', async () => {
    await inspector(page)
      .getByRole('button', { name: /^Why\? .*none matched the event/ })
      .first()
      .click()
    await inspector(page).getByRole('button', { name: 'Which field missed?' }).click()
    await expect(page.getByRole('dialog', { name: 'Pattern of Cancelled' })).toContainText('saw late')
  })
})

test('a filter policy sees the attributes of messages', async ({ page }) => {
  await openPaused(page, 'fan-out')
  await toTheEnd(page)
  await canvas(page)
    .getByRole('group', { name: /^from OrderEvents to Refunds,/ })
    .focus()
  await page.keyboard.press('Enter')
  await inspector(page).getByRole('button', { name: 'Edit pattern' }).click()
  await expect(dialog(page)).toContainText('0 of 100 recorded messages match.')
  await expect(dialog(page)).toContainText('kind: wanted refund, saw order')
  await dialog(page).getByRole('radio', { name: 'Your own' }).check()
  await dialog(page).getByRole('textbox', { name: 'Your own message' }).fill('{"kind": "refund"}')
  await expect(dialog(page)).toContainText('The pasted message matches.')
  await clean(page, 'a pasted message')
})
