import { canvas, node, openScenario, palette, wire } from './bench'
import { expect, test } from './support'

test('a dead-letter queue is noticed until somebody looks', async ({ page }) => {
  await openScenario(page, 'poison-message')
  const orders = node(page, 'Orders')
  const dead = node(page, 'OrdersDLQ')
  const face = dead.locator('.cs-node')
  await expect(face).not.toHaveAttribute('data-noticed')
  await page.keyboard.press('End')
  await expect(dead).toContainText('10 dead letters')
  await expect(face).toHaveAttribute('data-noticed', 'true')
  await expect(orders).toContainText('0 waiting')

  await test.step('the outline tells it too', async () => {
    await palette(page).getByRole('tab', { name: 'Outline' }).click()
    await expect(palette(page).getByRole('treeitem', { name: /^OrdersDLQ/ })).toContainText('10 dead letters')
  })
  await test.step('choosing it is looking', async () => {
    await dead.click({ position: { x: 60, y: 14 } })
    await page.keyboard.press('Escape')
    await expect(face).not.toHaveAttribute('data-noticed')
    await expect(dead).toContainText('10 dead letters')
  })
})

test('a poller stands on its wire, a shard that is stuck says so, and chooses nothing but its wire', async ({
  page,
}) => {
  await openScenario(page, 'poison-in-one-shard')
  await page.keyboard.press('End')
  const poller = wire(page, 'Readings', 'Average')
  await expect(poller).toContainText('batch 8')
  await expect(poller).toContainText('4 pollers')
  const shards = node(page, 'Readings')
  await expect(shards).toHaveAccessibleName(/shard 0, blocked, tried [1-9]\d* times, \d+ waiting, \d+ s behind/)
  await expect(shards.locator('.cs-shard[data-state="blocked"]')).toHaveCount(1)
  await poller.locator('.cs-poller').click()
  await expect(poller.locator('.cs-wire')).toHaveAttribute('data-selected', 'true')
})

test('subscriptions are gates of their topic, each with what it let through', async ({ page }) => {
  await openScenario(page, 'fan-out')
  await page.keyboard.press('End')
  const topic = node(page, 'OrderEvents')
  await expect(topic).toHaveAccessibleName(/subscription ToRefunds, sqs, kind = refund: 0 of 100/)
  await expect(topic).toHaveAccessibleName(/subscription ToParcels, sqs, every message: 100/)
  await expect(canvas(page).locator('.cs-rule')).toHaveCount(3)
})
