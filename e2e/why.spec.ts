import { canvas, inspector, playback } from './bench'
import { expect, test } from './support'

test('faces show the run, a badge tells why, and its remedy mends it', async ({ page }) => {
  await page.goto('./#g=alb-function')
  await expect(playback(page).getByRole('button', { name: 'Pause' })).toBeVisible()
  const site = canvas(page).getByRole('group', { name: /^Site/ })
  // the face follows the playhead while it moves
  await expect(site).toContainText(/[1-9]\d* done/)
  await page.keyboard.press('End')
  const refused = site.getByTitle(/refused for lack of capacity/).or(site.locator('.cs-badges button'))
  await expect(refused.first()).toContainText('26')

  await test.step('the badge of a node that was not chosen', async () => {
    await refused.first().click()
    const why = inspector(page).getByRole('list', { name: /^Why\?/ })
    await expect(why).toContainText('ReservedFunctionConcurrentInvocationLimitExceeded')
    await expect(inspector(page)).toContainText('LAM-45')
  })
  await test.step('one edit helps', async () => {
    await inspector(page).getByRole('button', { name: 'Reserve 20 environments' }).click()
    await expect(refused.first()).not.toContainText('26')
  })
})

test('opening the code gives it room, closing it gives it back', async ({ page }) => {
  await page.goto('./#g=canary-release')
  const line = page.getByRole('separator', { name: 'Width of the inspector' })
  await expect(line).toHaveAttribute('aria-valuenow', '312')
  await page.getByRole('button', { name: 'Canary release', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Edit as code' }).click()
  await expect(line).toHaveAttribute('aria-valuenow', '480')
  await page.getByRole('button', { name: 'Close the code' }).click()
  await expect(line).toHaveAttribute('aria-valuenow', '312')
})
