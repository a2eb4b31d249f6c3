import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { canvas, computed, dock, inspector, node, openDock, openEmpty, openPaused, playback } from './bench'
import { expect, test } from './support'

test.use({ viewport: { width: 1440, height: 900 } })

/**
 * No violations of any rule. `within`: only there, where the rest has been looked at before. `open`: a menu or list is open, which
 * Base UI puts at the end of the page between focus guards. In the dark theme only what colours can break.
 */
async function clean(page: Page, what: string, { open = false, within = '' } = {}): Promise<void> {
  // what fades in is looked at when it is there, or contrast is measured half way
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => null))),
  )
  const builder = new AxeBuilder({ page })
  if (within !== '') builder.include(within)
  const dark = await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)
  if (dark) builder.withRules(['color-contrast', 'link-in-text-block'])
  else if (open) builder.disableRules(['aria-hidden-focus', 'region'])
  const { violations } = await builder.analyze()
  const told = violations.flatMap(({ id, help, nodes }) =>
    nodes.map((found) => `${id}: ${help}: ${found.target.join(' ')}: ${found.any[0]?.message ?? ''}`),
  )
  expect.soft(told, what).toEqual([])
}
const DOCK = { within: '[aria-label="Dock"]' }
const INSPECTOR = { within: '[aria-label="Inspector"]' }
const POPUP = { within: '[role="menu"]', open: true }
const DIALOG = { within: '[role="dialog"].ui-dialog', open: true }

const choose = (page: Page, name: string): Promise<void> => node(page, name).click({ position: { x: 60, y: 16 } })

for (const scheme of ['light', 'dark'] as const)
  test.describe(scheme, () => {
    test.use({ colorScheme: scheme })

    test(`start page and empty canvas, ${scheme}`, async ({ page }) => {
      await page.goto('./')
      await expect(page.getByRole('main').getByRole('button', { name: /^Orders/ })).toBeVisible()
      await clean(page, 'start page')
      await page.getByRole('searchbox', { name: 'Find a scenario' }).fill('nothing like it')
      await clean(page, 'no scenario matches')
      await openEmpty(page)
      await clean(page, 'empty canvas')
      for (const tab of ['Events', 'Metrics', 'Problems', 'Cost']) {
        await openDock(page, tab)
        await clean(page, `empty ${tab}`, DOCK)
      }
    })

    test(`bench and dock with Orders, ${scheme}`, async ({ page }) => {
      await openPaused(page, 'orders')
      await page.getByRole('heading', { level: 1 }).evaluate(() => (document.activeElement as HTMLElement).blur())
      for (let i = 0; i < 4; i++) await page.keyboard.press('PageDown')
      await clean(page, 'bench')
      for (const tab of ['Events', 'Metrics', 'Problems', 'Cost']) {
        const panel = await openDock(page, tab)
        await expect(panel).toBeVisible()
        await clean(page, tab, DOCK)
      }
      const metrics = await openDock(page, 'Metrics')
      await metrics.getByRole('radio', { name: 'Table' }).check()
      await clean(page, 'Metrics as a table', DOCK)
      await page.getByRole('tab', { name: 'Outline' }).click()
      await expect(page.getByRole('tree')).toBeVisible()
      await clean(page, 'Outline', { within: '[aria-label="Palette and outline"]' })
    })

    test(`inspector, ${scheme}`, async ({ page }) => {
      await openPaused(page, 'orders')
      await choose(page, 'Worker')
      for (const tab of ['Setup', 'Access', 'Network', 'Chart', 'Docs']) {
        await inspector(page).getByRole('tab', { name: tab }).click()
        await expect(inspector(page).getByRole('tabpanel', { name: tab })).not.toBeEmpty()
        await clean(page, `Worker, ${tab}`, INSPECTOR)
      }
      for (const name of ['Shoppers', 'ShopBus', 'Orders']) {
        await choose(page, name)
        await expect(inspector(page).getByRole('heading', { level: 2, name: new RegExp(`^${name}`) })).toBeVisible()
        await clean(page, `inspector of ${name}`, INSPECTOR)
      }
      const events = await openDock(page, 'Events')
      await events.getByRole('row').nth(3).getByRole('button', { name: 'Why?' }).click()
      await expect(inspector(page).getByRole('list', { name: /^Why\?/ })).toBeVisible()
      await clean(page, 'Why?', INSPECTOR)
    })

    test(`dialogs, menus and code, ${scheme}`, async ({ page }) => {
      await openPaused(page, 'orders')
      await page.getByRole('button', { name: 'Share' }).click()
      await expect(page.getByRole('dialog', { name: 'Share this scenario' })).toBeVisible()
      await clean(page, 'share dialog')
      await page.keyboard.press('Escape')
      await choose(page, 'Orders')
      await page.keyboard.press('w')
      await expect(page.getByRole('dialog', { name: 'Connect Orders to' })).toBeVisible()
      await clean(page, 'connect dialog', DIALOG)
      await page.keyboard.press('Escape')
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog', { name: 'Connect Orders to' })).toHaveCount(0)
      await playback(page).getByRole('button', { name: 'Jump to' }).click()
      await expect(page.getByRole('menu')).toBeVisible()
      await clean(page, 'jump menu', POPUP)
      await page.keyboard.press('Escape')
      await expect(page.getByRole('menu')).toHaveCount(0)
      await node(page, 'Worker').click({ button: 'right', position: { x: 60, y: 16 } })
      await expect(page.getByRole('menu')).toBeVisible()
      await clean(page, 'context menu', POPUP)
      await page.keyboard.press('Escape')
      await choose(page, 'Orders')
      await page.keyboard.press('F2')
      await expect(page.getByRole('textbox', { name: 'New name of Orders' })).toBeFocused()
      await clean(page, 'renaming', { within: '[aria-label="Canvas"]' })
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Orders', exact: true }).first().click()
      await page.getByRole('menuitem', { name: 'Edit as code' }).click()
      await expect(page.getByRole('code')).toContainText('coldstart: 1', { useInnerText: true })
      await clean(page, 'code', { within: '[aria-label="Code"]' })
    })
  })

test('one h1, one main, and every region has a name', async ({ page }) => {
  const check = async (): Promise<void> => {
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1)
    await expect(page.getByRole('main')).toHaveCount(1)
    await expect(page.getByRole('banner')).toHaveCount(1)
    const nameless = await page
      .getByRole('complementary')
      .evaluateAll((regions) => regions.filter((region) => !region.hasAttribute('aria-label')).length)
    expect(nameless).toBe(0)
    await expect(page).toHaveTitle(/Coldstart/)
    await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  }
  await page.goto('./')
  await expect(page.getByRole('heading', { level: 1, name: 'Coldstart' })).toBeVisible()
  await check()
  await openPaused(page, 'orders')
  await expect(page.getByRole('heading', { level: 1, name: 'Orders' })).toBeVisible()
  await check()
})

test('the focus is seen wherever it goes', async ({ page }) => {
  /** Whether the focused thing, or something drawn for it, has an outline, a ring or a line round it. */
  const ring = (target: Locator): Promise<string> =>
    target.evaluate((element) => {
      const marks = (seen: Element): string => {
        const style = getComputedStyle(seen)
        const line =
          style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2 ? style.outlineColor : ''
        return line + (style.boxShadow === 'none' ? '' : style.boxShadow)
      }
      return [element, ...element.querySelectorAll('*'), element.parentElement ?? element].map(marks).join('')
    })
  await page.goto('./')
  await expect(page.getByRole('main').getByRole('button', { name: /^Orders/ })).toBeVisible()
  for (let i = 0; i < 12; i++) {
    await page.keyboard.press('Tab')
    const focused = page.locator(':focus-visible')
    await expect(focused).toHaveCount(1)
    const withFocus = await ring(focused)
    const name = await focused.evaluate((element) => element.outerHTML.slice(0, 90))
    expect(withFocus, name).not.toBe('')
  }
  await openPaused(page, 'orders')
  await computed(page)
  const seen: string[] = []
  await page.getByRole('heading', { level: 1 }).evaluate(() => (document.activeElement as HTMLElement).blur())
  for (let i = 0; i < 45; i++) {
    await page.keyboard.press('Tab')
    const focused = page.locator(':focus-visible')
    if ((await focused.count()) !== 1) continue
    const name = await focused.evaluate((element) => element.outerHTML.slice(0, 90))
    seen.push(name)
    expect.soft(await ring(focused), name).not.toBe('')
  }
  expect(seen.length).toBeGreaterThan(35)
  await expect(canvas(page)).toBeVisible()
  await expect(dock(page)).toBeVisible()
})

test('below 900 px the inspector is a sheet, there while something is chosen', async ({ page }) => {
  await page.setViewportSize({ width: 820, height: 1000 })
  await openPaused(page, 'twenty-at-once')
  await expect(inspector(page)).toHaveCount(0)
  await choose(page, 'Hello')
  await expect(inspector(page).getByRole('heading', { name: 'Hello' })).toBeVisible()
  await clean(page, 'sheet')
  await page.getByRole('button', { name: 'Close the inspector' }).click()
  await expect(inspector(page)).toHaveCount(0)
})

test('on a phone the drawing is looked at and played', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await openPaused(page, 'twenty-at-once')
  await expect(page.getByText('read-only', { exact: true })).toBeVisible()
  await choose(page, 'Hello')
  await expect(inspector(page).getByRole('heading', { name: 'Hello' })).toBeVisible()
  await page.keyboard.press('Delete')
  await expect(node(page, 'Hello')).toBeVisible()
  await clean(page, 'phone')
  await page.getByRole('button', { name: 'Close the inspector' }).click()
  for (const name of ['To the start', 'Play', 'Jump to']) {
    const box = await playback(page).getByRole('button', { name, exact: true }).boundingBox()
    expect(box!.x).toBeGreaterThanOrEqual(0)
    expect(box!.x + box!.width).toBeLessThanOrEqual(390)
  }
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
})
