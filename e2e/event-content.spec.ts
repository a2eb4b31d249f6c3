import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { canvas, dock, inspector, node, openDock, openPaused } from './bench'
import { expect, test } from './support'

test.use({ viewport: { width: 1440, height: 900 } })

const viewer = (page: Page): Locator => dock(page).getByRole('region', { name: 'Event', exact: true })
const hops = (page: Page): Locator => viewer(page).getByRole('listbox', { name: 'Hops of the event' })
const json = (page: Page): Locator => viewer(page).getByRole('region', { name: /^JSON from/ })

async function clean(page: Page): Promise<void> {
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => null))),
  )
  const { violations } = await new AxeBuilder({ page }).include('[aria-label="Dock"]').analyze()
  expect(violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes[0]?.target.join(' ')}`)).toEqual([])
}

/** The first row of Events that tells of a hop, chosen by keyboard; opens its JSON. */
async function openFirst(page: Page): Promise<void> {
  const events = await openDock(page, 'Events')
  await events.getByRole('searchbox', { name: 'Find in events' }).fill('sns:Publish')
  const list = events.getByRole('grid', { name: 'Events' })
  await expect(list.getByRole('row').first()).toContainText('Shop sent 1 message to OrderEvents')
  await list.focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('o')
}

test('an event opens by keyboard: its JSON at every hop, and what each hop made of it', async ({ page }) => {
  await openPaused(page, 'fan-out')
  await openFirst(page)
  await expect(hops(page)).toBeFocused()
  const options = hops(page).getByRole('option')
  await expect(options.first()).toContainText('Shop → OrderEvents')
  await expect(options.first()).toHaveAttribute('aria-selected', 'true')
  await expect(json(page)).toContainText('"order": 4711')
  await expect(viewer(page)).toContainText('As Shop sent it.')
  await expect(viewer(page)).toContainText('Message attributes')

  await page.keyboard.press('ArrowDown')
  await expect(options.nth(1)).toContainText('OrderEvents → Parcels')
  await expect(viewer(page)).toContainText('What came to OrderEvents is unchanged in Message.')
  await expect(json(page)).toContainText('"Type": "Notification"')

  await page.keyboard.press('End')
  await expect(options.last()).toContainText(/Mapping → (Pack|Bill)/)
  await expect(viewer(page)).toContainText('is unchanged in Records[0].body.')
  await expect(json(page)).toContainText('"eventSource": "aws:sqs"')
  await clean(page)

  await page.keyboard.press('Escape')
  await expect(viewer(page)).toHaveCount(0)
  await expect(dock(page).getByRole('grid', { name: 'Events' })).toBeFocused()
})

test('lines that a hop added stand out by sign and word, the others are folded', async ({ page }) => {
  await openPaused(page, 'orders')
  const events = await openDock(page, 'Events')
  await events.getByRole('searchbox', { name: 'Find in events' }).fill('sqs:SendMessage')
  await events.getByRole('row').first().getByRole('button', { name: 'JSON' }).click()
  await expect(hops(page).getByRole('option', { selected: true })).toContainText('ShopBus → Orders')
  await expect(viewer(page)).toContainText(/Since it came to ShopBus: \d+ added/)
  await expect(json(page).getByRole('img', { name: 'added' }).first()).toHaveText('+')
  await clean(page)
  await viewer(page).getByRole('button', { name: 'Why?' }).click()
  await expect(inspector(page).getByRole('list', { name: /^Why\?/ })).toBeVisible()
})

test('what moves on the canvas opens with a click, in the narrowest dock too', async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 768 })
  await openPaused(page, 'fan-out')
  // half way of the first message: it leaves at 1 s and takes 30 ms
  await page.keyboard.press('.')
  const edge = canvas(page).locator('.react-flow__edge').first().locator('path').first()
  const points = await edge.evaluate((path: SVGPathElement) => {
    const matrix = path.getScreenCTM()!
    return Array.from({ length: 41 }, (_, i) => {
      const { x, y } = path.getPointAtLength((path.getTotalLength() * i) / 40).matrixTransform(matrix)
      return { x, y }
    })
  })
  const events = dock(page).getByRole('tab', { name: 'Events' })
  for (const { x, y } of points) {
    await page.mouse.click(x, y)
    if ((await events.getAttribute('aria-selected')) === 'true') break
  }
  await expect(json(page)).toContainText('"order": 4711')
  await expect(inspector(page).getByRole('list', { name: /^Why\?/ })).toBeVisible()
  const box = (await viewer(page).boundingBox())!
  expect(box.x + box.width).toBeLessThanOrEqual(1024)
  await clean(page)
})

test('a trace and a reason open the event they are about', async ({ page }) => {
  await openPaused(page, 'fan-out')
  const traces = await openDock(page, 'Traces')
  await traces.getByRole('button', { name: 'JSON' }).click()
  await expect(json(page)).toContainText('"order": 4711')
  await viewer(page).getByRole('button', { name: 'Why?' }).click()
  await viewer(page).getByRole('button', { name: 'Close the event' }).click()
  await inspector(page).getByRole('button', { name: 'Show its JSON' }).click()
  await expect(json(page)).toContainText('"order": 4711')
})

test('a client fills placeholders for each call, from a sample or by hand, and shows the first three', async ({
  page,
}) => {
  await openPaused(page, 'fan-out')
  await node(page, 'Shop').click({ position: { x: 60, y: 16 } })
  const carry = inspector(page).getByRole('region', { name: 'What calls carry' })
  await expect(carry).toContainText('Every call carries the same.')
  const payload = inspector(page).getByRole('textbox', { name: 'Payload' })
  await payload.fill('{"order": "{{n}}", "customer": "c{{random 1 9}}"}')
  await payload.blur()
  await expect(carry.getByRole('listitem')).toHaveCount(3)
  await expect(carry.getByRole('listitem').nth(2)).toContainText('"order": 3')
  await payload.fill('{"order": "{{number}}"}')
  await payload.blur()
  await expect(inspector(page)).toContainText('{{number}} is no placeholder')
  await carry.getByRole('combobox', { name: 'Body from sample' }).click()
  await page.getByRole('option', { name: 'Instance running' }).click()
  await expect(payload).toHaveValue(/EC2 Instance State-change Notification/)
  await expect(inspector(page)).not.toContainText('is no placeholder')
})

test('an event on its way to a bus opens the pattern editor with itself', async ({ page }) => {
  await openPaused(page, 'orders')
  const events = await openDock(page, 'Events')
  await events.getByRole('searchbox', { name: 'Find in events' }).fill('PutEvents')
  await events.getByRole('row').first().getByRole('button', { name: 'JSON' }).click()
  await expect(json(page)).toContainText('"source": "shop"')
  await viewer(page).getByRole('button', { name: 'Make a pattern' }).click()
  await expect(page.getByRole('dialog')).toContainText('order.placed')
})
