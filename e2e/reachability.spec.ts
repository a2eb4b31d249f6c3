import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { canvas, dock, inspector, node, openDock, openPaused } from './bench'
import { expect, test } from './support'

test.use({ viewport: { width: 1440, height: 900 } })

const walk = (page: Page): Locator => canvas(page).getByRole('group', { name: 'Packet walk' })
const verdict = (panel: Locator): Locator => panel.getByRole('region', { name: 'Verdict' })
const gates = (panel: Locator, of: 'Request' | 'Reply'): Locator =>
  panel.getByRole('region', { name: `${of}, gate by gate` })
const openInspector = (page: Page, name: string): Promise<void> =>
  node(page, name).click({ position: { x: 60, y: 16 } })

async function clean(page: Page, ...within: string[]): Promise<void> {
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => null))),
  )
  const builder = new AxeBuilder({ page })
  for (const part of within) builder.include(part)
  const { violations } = await builder.analyze()
  expect(violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))).toEqual([])
}

for (const scheme of ['light', 'dark'] as const)
  test(`ask, walk to the gate that blocks, apply the fix, see it open, ${scheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme })
    await openPaused(page, 'no-way-out')
    const panel = await openDock(page, 'Reachability')

    await test.step('the verdict names gate, code and rule', async () => {
      await expect(verdict(panel)).toContainText('Blocked at gate 5')
      await expect(verdict(panel)).toContainText('NO_ROUTE_TO_DESTINATION')
      await expect(gates(panel, 'Request').getByRole('listitem')).toHaveCount(5)
      await expect(gates(panel, 'Request').getByRole('listitem').last()).toContainText('no route for')
      await expect(gates(panel, 'Reply')).toContainText('the request does not arrive')
      await clean(page, '[aria-label="Dock"]')
    })
    await test.step('the packet walks', async () => {
      await verdict(panel).getByRole('button', { name: 'Walk' }).click()
      await expect(walk(page)).toBeFocused()
      await expect(walk(page)).toContainText('1 of 5')
      await walk(page).getByRole('button', { name: 'Next hop' }).click()
      await expect(walk(page)).toContainText('Network interface')
      await walk(page).getByRole('button', { name: 'Previous hop' }).click()
      await expect(walk(page)).toContainText('Function state')
      await gates(panel, 'Request')
        .getByRole('button', { name: /^Blocked: Route table/ })
        .click()
      await expect(walk(page)).toContainText('5 of 5')
      await expect(walk(page)).toContainText('blocked')
      await expect(walk(page)).toContainText('PrivateTable has no route')
      await clean(page, '[aria-label="Canvas"]', '[aria-label="Dock"]')
    })
    await test.step('the fix opens it, and is one undo step', async () => {
      await verdict(panel)
        .getByRole('button', { name: /^Add a NAT gateway in PublicA/ })
        .click()
      await expect(verdict(panel)).toContainText('Reachable')
      await expect(node(page, 'NatGateway')).toBeVisible()
      await expect(gates(panel, 'Reply').getByRole('listitem').first()).toBeVisible()
      await walk(page).getByRole('button', { name: 'End the walk' }).click()
      await expect(walk(page)).toHaveCount(0)
      await page.getByRole('button', { name: /^Undo Add a NAT gateway/ }).click()
      await expect(verdict(panel)).toContainText('Blocked at gate 5')
    })
  })

test('all of it by keyboard', async ({ page }) => {
  await openPaused(page, 'nat-way-out')
  await node(page, 'FetchPrices').focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('r')
  const panel = dock(page).getByRole('tabpanel', { name: 'Reachability' })
  await expect(verdict(panel)).toContainText('FetchPrices to the internet, TCP 443')
  await expect(verdict(panel)).toContainText('Reachable')

  await test.step('arrow keys walk, Escape ends it', async () => {
    await expect(verdict(panel).getByRole('button', { name: 'Walk' })).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(walk(page)).toBeFocused()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await expect(walk(page)).toContainText('Security group, out AppSg')
    await page.keyboard.press('ArrowLeft')
    await expect(walk(page)).toContainText('Network interface')
    await page.keyboard.press('End')
    await expect(walk(page)).toContainText('way back')
    await page.keyboard.press('Escape')
    await expect(walk(page)).toHaveCount(0)
  })
  await test.step('another port, another end', async () => {
    const port = panel.getByRole('spinbutton', { name: 'Port' })
    await port.fill('22')
    await port.press('Enter')
    await expect(verdict(panel)).toContainText('TCP 22')
    await panel.getByRole('combobox', { name: 'To', exact: true }).fill('address')
    await page.keyboard.press('Enter')
    const address = panel.getByRole('textbox', { name: 'To, address' })
    await address.fill('10.0.0.999')
    await address.press('Enter')
    await expect(panel).toContainText('An IPv4 address has four numbers')
    await address.fill('10.0.9.9')
    await address.press('Enter')
    await expect(verdict(panel)).toContainText('NO_POSSIBLE_DESTINATION')
  })
})

test('two chosen nodes and R ask for that pair; the property that decides is a press away', async ({ page }) => {
  await openPaused(page, 'nat-way-out')
  await openInspector(page, 'Prices')
  await node(page, 'FetchPrices').click({ position: { x: 60, y: 16 }, modifiers: ['Shift'] })
  await page.keyboard.press('r')
  const panel = dock(page).getByRole('tabpanel', { name: 'Reachability' })
  await expect(verdict(panel)).toContainText('Prices to FetchPrices')
  await panel.getByRole('button', { name: 'Ask the other way round' }).click()
  await expect(verdict(panel)).toContainText('FetchPrices to Prices')

  await canvas(page).focus()
  await page.keyboard.press('Escape')
  await openInspector(page, 'FetchPrices')
  await page.keyboard.press('r')
  await expect(verdict(panel)).toContainText('FetchPrices to the internet')
  await gates(panel, 'Request').getByRole('button', { name: 'Property of route table' }).click()
  await expect(inspector(page).getByRole('heading', { level: 2 })).toContainText('PrivateDefault')
  await expect(inspector(page).getByRole('combobox', { name: 'NatGatewayId' })).toBeFocused()
  await gates(panel, 'Request').getByRole('button', { name: 'Property of security group, out' }).click()
  await expect(inspector(page).getByRole('heading', { level: 2 })).toContainText('AppSg')
})

test('everyone to everyone: a grid for keys and mouse, whose cells open the question', async ({ page }) => {
  await openPaused(page, 'no-way-out')
  const panel = await openDock(page, 'Reachability')
  await panel.getByRole('radio', { name: 'Everyone' }).check()
  const grid = panel.getByRole('grid', { name: 'Reachability, from rows to columns' })
  const cell = (name: RegExp): Locator => grid.getByRole('gridcell', { name })
  await expect(cell(/^FetchPrices to Prices: blocked, no route/)).toBeVisible()
  await expect(cell(/^Visitors to Prices: reachable/)).toBeVisible()
  await clean(page, '[aria-label="Dock"]')

  await test.step('one tab stop; arrows, Home and End move', async () => {
    await expect(grid.locator('[role="gridcell"][tabindex="0"]')).toHaveCount(1)
    await cell(/^Visitors, itself/).focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('End')
    await expect(cell(/^FetchPrices to the internet/)).toBeFocused()
    await expect(panel).toContainText('NO_ROUTE_TO_DESTINATION')
    await page.keyboard.press('Control+Home')
    await expect(cell(/^Visitors, itself/)).toBeFocused()
  })
  await test.step('Enter and a click open the question', async () => {
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await expect(cell(/^FetchPrices to Prices/)).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(verdict(panel)).toContainText('FetchPrices to Prices')
    await panel.getByRole('radio', { name: 'Everyone' }).check()
    await cell(/^Visitors to Prices/).click()
    await expect(verdict(panel)).toContainText('Visitors to Prices')
  })
})

test('two networks in the inspector build themselves as the function is configured', async ({ page }) => {
  await openPaused(page, 'nat-way-out')
  await openInspector(page, 'FetchPrices')
  await inspector(page).getByRole('tab', { name: 'Network' }).click()
  const panel = inspector(page).getByRole('tabpanel', { name: 'Network' })
  const picture = panel.getByRole('region', { name: 'Networks' })
  await expect(picture).toContainText('not in CourseVpc')
  await expect(panel.getByRole('region', { name: 'Network interfaces' })).toContainText('10.0.1.4 in PrivateA, active')
  await clean(page, '[aria-label="Inspector"]')

  await panel.getByRole('button', { name: 'Remove VpcConfig' }).click()
  await expect(picture).toContainText('nothing inside a VPC of yours')
  await expect(panel.getByRole('region', { name: 'Network interfaces' })).toHaveCount(0)
  await page.getByRole('button', { name: /^Undo VpcConfig/ }).click()
  await expect(picture).toContainText('one interface there')

  await test.step('its calls are asked about from here', async () => {
    await panel.getByRole('button', { name: 'Walk the packet' }).click()
    await expect(walk(page)).toBeFocused()
    await expect(dock(page).getByRole('tabpanel', { name: 'Reachability' })).toContainText('FetchPrices to Prices')
  })
})

test('a subnet says why it is public', async ({ page }) => {
  await openPaused(page, 'nat-way-out')
  await expect(node(page, 'PublicA')).toContainText('public: 0.0.0.0/0 → Gateway')
  await expect(node(page, 'PrivateA')).not.toContainText('public')
})

test('with reduced motion the walk goes step by step @motion', async ({ page }) => {
  await openPaused(page, 'nat-way-out')
  const panel = await openDock(page, 'Reachability')
  await verdict(panel).getByRole('button', { name: 'Walk' }).click()
  await expect(walk(page)).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await expect(walk(page)).toContainText('Network interface')
  const reduced = await page.evaluate(() => matchMedia('(prefers-reduced-motion: reduce)').matches)
  const play = walk(page).getByRole('button', { name: 'Walk', exact: true })
  if (reduced) await expect(play).toBeDisabled()
  else {
    await play.click()
    await expect(walk(page)).toContainText('Security group, out')
  }
})
