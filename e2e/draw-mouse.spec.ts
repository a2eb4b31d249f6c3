import type { Page } from '@playwright/test'
import {
  boxOf,
  canvas,
  clock,
  computed,
  dock,
  drawn,
  inspector,
  metricsTable,
  node,
  notifications,
  openDock,
  palette,
  places,
  playback,
  settled,
  wire,
} from './bench'
import { expect, test } from './support'

test.use({ viewport: { width: 1440, height: 900 } })

async function drag(page: Page, type: string, x: number, y: number): Promise<void> {
  await palette(page)
    .getByRole('button', { name: type, exact: true })
    .dragTo(canvas(page), { targetPosition: { x, y } })
  await expect(node(page, type)).toBeVisible()
}

/** From a node's outgoing port (they have no names: with the keyboard, W does this) to the middle of another node. */
async function draw(page: Page, from: string, to: string): Promise<void> {
  const port = await boxOf(node(page, from).locator('[data-handleid="out"]'))
  const target = await boxOf(node(page, to))
  await page.mouse.move(port.x + port.width / 2, port.y + port.height / 2)
  await page.mouse.down()
  await page.mouse.move(target.x + target.width / 2, target.y + target.height / 2, { steps: 8 })
  await page.mouse.up()
}

test('draws a system with the mouse, runs it, explains a cold start, undoes, and shares the same picture', async ({
  page,
  elsewhere,
}) => {
  await page.goto('./')
  await page.getByRole('button', { name: 'Start with an empty canvas' }).click()

  await drag(page, 'Client', 100, 100)
  // the camera centres on the first node
  const [area, client] = [await boxOf(canvas(page)), await boxOf(node(page, 'Client'))]
  await page.mouse.move(client.x + 60, client.y + 20)
  await page.mouse.down()
  await page.mouse.move(area.x + 100, area.y + 130, { steps: 6 })
  await page.mouse.up()
  await drag(page, 'Queue', 330, 130)
  await drag(page, 'Function', 620, 130)
  await drag(page, 'Table', 800, 330)

  await draw(page, 'Client', 'Queue')
  await expect(notifications(page)).toContainText('Connected Client to Queue')
  await draw(page, 'Queue', 'Function')
  await expect(notifications(page)).toContainText('Added a mapping and sqs:ReceiveMessage to FunctionRole')
  await draw(page, 'Function', 'Table')
  await expect(notifications(page)).toContainText('dynamodb:')
  await expect(wire(page, 'Client', 'Queue')).toBeAttached()
  await expect(wire(page, 'Queue', 'Function')).toBeAttached()
  await expect(wire(page, 'Function', 'Table')).toBeAttached()

  // a wire that means nothing in AWS is refused, with the reason
  await draw(page, 'Queue', 'Table')
  await expect(notifications(page)).toContainText(/Queue.*Table|queue.*table/i)
  await expect(wire(page, 'Queue', 'Table')).toHaveCount(0)

  await drag(page, 'VPC', 300, 420)
  const vpc = await boxOf(node(page, 'VPC'))
  await drag(page, 'Subnet', vpc.x - area.x + vpc.width / 2, vpc.y - area.y + vpc.height / 2)
  const subnet = await boxOf(node(page, 'Subnet'))
  const box = await boxOf(node(page, 'Function'))
  await page.mouse.move(box.x + 60, box.y + 20)
  await page.mouse.down()
  await page.mouse.move(subnet.x + 80, subnet.y + 70, { steps: 10 })
  await expect(canvas(page)).toContainText('drop to place in Subnet')
  await page.mouse.up()
  await expect(notifications(page)).toContainText('Moved Function into Subnet')
  await expect(node(page, 'ENI')).toBeAttached()

  // run
  await playback(page).getByRole('button', { name: 'Play', exact: true }).click()
  await expect.poll(() => clock(page)).not.toMatch(/^00:00\.0/)
  await playback(page).getByRole('button', { name: 'Pause' }).click()
  await expect(node(page, 'Function')).toHaveAccessibleName(/of 1 environments? in use/)

  // find the first cold start
  await playback(page).getByRole('button', { name: 'Jump to' }).click()
  await page.getByRole('menu').getByRole('menuitem', { name: 'Previous cold start 00:00.000' }).click()
  await expect.poll(() => clock(page)).toBe('00:00.000')
  const first = await clock(page)

  // explain it
  const events = await openDock(page, 'Events')
  const row = events.getByRole('row').filter({ hasText: 'cold start' }).first()
  await expect(row).toContainText(first)
  await row.getByRole('button', { name: 'Why?' }).click()
  const why = inspector(page).getByRole('list', { name: 'Why? Function e1 is being provisioned' })
  await expect(why.getByRole('listitem').last()).toContainText('a cold start')
  await expect(why).toContainText('No idle environment of Function was free')
  await inspector(page).getByRole('button', { name: 'Close' }).click()

  // undo takes the function out of the subnet again, redo puts it back
  await page.getByRole('button', { name: 'Undo Move' }).click()
  await expect(node(page, 'ENI')).toHaveCount(0)
  await page.getByRole('button', { name: 'Redo Move' }).click()
  await expect(node(page, 'ENI')).toBeAttached()
  await computed(page)

  // share
  for (let i = 0; i < 6; i++) await playback(page).getByRole('button', { name: 'Step forward' }).click()
  const at = await clock(page)
  expect(at).not.toBe(first)
  const picture = await settled(page)
  const stands = await places(page, ['Client', 'Queue', 'Function', 'Table', 'Vpc', 'Subnet'])
  const numbers = await metricsTable(page)
  await page.getByRole('button', { name: 'Share' }).click()
  const dialog = page.getByRole('dialog', { name: 'Share this scenario' })
  const link = await dialog.getByRole('textbox', { name: /^Link/ }).inputValue()
  expect(link).toContain('#s=')

  // somebody else opens the link
  const theirs = await elsewhere.newPage()
  await theirs.goto(link)
  await expect(theirs.getByRole('main').getByRole('status').first()).toContainText(
    'Someone else made this scenario. It is paused.',
  )
  await expect(playback(theirs).getByRole('button', { name: 'Play', exact: true })).toBeVisible()
  await expect.poll(() => clock(theirs)).toBe(at)
  await computed(theirs)
  await expect.poll(() => drawn(theirs)).toEqual(picture)
  expect(await places(theirs, Object.keys(stands))).toEqual(stands)
  expect(await metricsTable(theirs)).toBe(numbers)
  expect(await clock(theirs)).toBe(at)
  await theirs.getByRole('main').getByRole('button', { name: 'Run' }).click()
  await expect.poll(() => clock(theirs)).not.toBe(at)
  await expect(dock(theirs)).toBeVisible()
})
