import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { canvas, inspector, openEmpty, openPaused, palette } from './bench'
import { expect, test } from './support'

test.use({ viewport: { width: 1440, height: 900 }, timezoneId: 'Europe/Sarajevo' })

const dialog = (page: Page): Locator => page.getByRole('dialog', { name: /^Schedule of / })
const expression = (page: Page): Locator => dialog(page).getByRole('textbox', { name: 'Expression', exact: true })
const times = (page: Page): Locator => dialog(page).getByRole('table', { name: 'When it fires next' }).getByRole('row')

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

test('a rule fires in UTC; the clock at home moves with the season', async ({ page }) => {
  await openPaused(page, 'every-five-minutes')
  await canvas(page)
    .getByRole('group', { name: /^DefaultBus,/ })
    .click({ position: { x: 60, y: 16 } })
  await inspector(page).getByRole('button', { name: 'QuarterPast', exact: true }).click()
  await expect(inspector(page)).toContainText('Every hour at 15 minutes past, every day.')
  const door = inspector(page).getByRole('button', { name: 'Build schedule' })
  await door.click()
  await expect(dialog(page).getByRole('radio', { name: 'Once' })).toBeDisabled()
  await clean(page, 'cron')

  await test.step('a UNIX cron is refused, its translation is a button', async () => {
    await expression(page).fill('0 20 * * *')
    await expect(dialog(page)).toContainText('This is UNIX cron, which has five fields')
    await expect(dialog(page).getByRole('button', { name: 'Apply' })).toBeDisabled()
    await clean(page, 'refused')
    await dialog(page).getByRole('button', { name: 'Use cron(0 20 * * ? *)' }).click()
    await expect(dialog(page)).toContainText('At 20:00 UTC, every day.')
  })
  await test.step('21:00 in winter, 22:00 in summer', async () => {
    await expect(times(page)).toHaveCount(11)
    await expect(times(page).nth(1)).toHaveText(/Fri 20 Nov 2026\s*20:00\s*21:00/)
    await expect(dialog(page)).toContainText('from Sunday 28 March 2027 it fires at 22:00 there.')
    await dialog(page).getByRole('button', { name: 'Go there' }).click()
    await expect(times(page).nth(1)).toHaveText(/Sun 28 Mar 2027\s*20:00\s*22:00/)
  })
  await test.step('by the fields; one of the two day fields is ?', async () => {
    await dialog(page).getByRole('textbox', { name: 'Day of week' }).fill('MON-FRI')
    await expect(dialog(page).getByRole('textbox', { name: 'Day of month' })).toHaveValue('?')
    await expect(dialog(page)).toContainText('At 20:00 UTC, Monday to Friday.')
    await dialog(page).getByRole('textbox', { name: 'Hours' }).fill('24')
    await expect(dialog(page)).toContainText('24 is no hours: hours takes 0-23.')
    await expect(dialog(page).getByRole('textbox', { name: 'Hours' })).toHaveAttribute('aria-invalid', 'true')
    await dialog(page).getByRole('textbox', { name: 'Hours' }).fill('20')
  })
  await dialog(page).getByRole('button', { name: 'Apply' }).click()
  await expect(dialog(page)).toHaveCount(0)
  await expect(door).toBeFocused()
  await expect(inspector(page)).toContainText('At 20:00 UTC, Monday to Friday.')
  await page.keyboard.press('Control+z')
  await expect(inspector(page)).toContainText('Every hour at 15 minutes past, every day.')
})

test('a schedule of its own, by keyboard: a zone, a window, once', async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 768 })
  await openEmpty(page)
  await palette(page)
    .getByRole('button', { name: /^Schedule/ })
    .press('Enter')
  const door = inspector(page).getByRole('button', { name: 'Build schedule' })
  await door.focus()
  await page.keyboard.press('Enter')
  await expression(page).fill('cron(0 20 * * ? *)')
  const zone = dialog(page).getByRole('combobox', { name: 'Time zone', exact: true })
  await zone.fill('Sarajevo')
  await page.keyboard.press('Enter')
  await expect(dialog(page)).toContainText('At 20:00 Europe/Sarajevo, every day.')
  await expect(times(page).nth(1)).toHaveText(/Fri 20 Nov 2026\s*19:00\s*20:00/)
  await dialog(page).getByRole('radio', { name: 'Off' }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(dialog(page)).toContainText('within 15 min after each')
  await clean(page, 'scheduler')
  await dialog(page).getByRole('radio', { name: 'By the calendar' }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(expression(page)).toHaveValue(/^at\(/)
  await dialog(page).getByLabel('Date and time').last().fill('2026-11-20T08:30:00')
  await expect(dialog(page)).toContainText('Once, on Friday 20 November 2026 at 08:30 Europe/Sarajevo.')
  await expression(page).focus()
  await page.keyboard.press('Enter')
  await expect(dialog(page)).toHaveCount(0)
  await expect(door).toBeFocused()
  await expect(inspector(page).getByRole('combobox', { name: 'ScheduleExpressionTimezone' })).toHaveValue(
    'Europe/Sarajevo',
  )
  await page.keyboard.press('Enter')
  await expect(expression(page)).toHaveValue('at(2026-11-20T08:30:00)')
  await page.keyboard.press('Escape')
  await expect(door).toBeFocused()
})
