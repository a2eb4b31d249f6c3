import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { canvas, computed, inspector, metric, node, openDock, openPaused, wire } from './bench'
import { expect, test } from './support'

test.use({ viewport: { width: 1440, height: 900 } })

const versions = (page: Page): Locator => inspector(page).getByRole('tabpanel', { name: 'Versions' })
const card = (page: Page, name: string): Locator =>
  versions(page).getByRole('button', { name: new RegExp(`^${name} ?(alias|version)`) })
const undo = (page: Page, step: string): Promise<void> => page.getByRole('button', { name: `Undo ${step}` }).click()

async function openVersions(page: Page): Promise<void> {
  await openPaused(page, 'twenty-at-once')
  await node(page, 'Hello').click({ position: { x: 60, y: 16 } })
  await inspector(page).getByRole('tab', { name: 'Versions' }).click()
  await expect(versions(page).getByRole('button', { name: 'Publish version' })).toBeVisible()
}

async function setMemory(page: Page, megabytes: number): Promise<void> {
  await inspector(page).getByRole('tab', { name: 'Setup' }).click()
  const field = inspector(page).getByRole('textbox', { name: 'MemorySize' })
  await field.fill(String(megabytes))
  await field.press('Enter')
  await inspector(page).getByRole('tab', { name: 'Versions' }).click()
}

async function chooseOption(page: Page, field: string, option: string): Promise<void> {
  await versions(page).getByRole('combobox', { name: field }).first().click()
  await page.getByRole('option', { name: option }).click()
}

async function clean(page: Page, what: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).include('[aria-label="Inspector"]').analyze()
  expect
    .soft(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`),
      what,
    )
    .toEqual([])
}

test('publishes, edits, points an alias, shares the calls, rolls back and undoes', async ({ page }) => {
  await openVersions(page)
  const panel = versions(page)
  const publish = panel.getByRole('button', { name: 'Publish version' })

  await test.step('a version is made once', async () => {
    await panel.getByRole('textbox', { name: 'Description of the next version' }).fill('as it was')
    await publish.click()
    await expect(card(page, '1')).toContainText('as it was')
    await expect(panel).toContainText('$LATEST is the same as version 1.')
    await publish.click()
    await expect(panel).toContainText('Nothing changed since version 1, so no version was made.')
    await expect(card(page, '2')).toHaveCount(0)
    await expect(node(page, 'Hello')).toHaveAccessibleName(/Hello:1/)
  })

  await test.step('it stays while the function changes', async () => {
    await setMemory(page, 1024)
    await expect(panel).toContainText('$LATEST differs from version 1: MemorySize.')
    // what was published says so, and offers nothing to change it with
    if ((await card(page, '1').getAttribute('aria-expanded')) === 'false') await card(page, '1').click()
    await expect(panel).toContainText('A published version never changes')
    await expect(panel).toContainText('512, now 1,024')
    await expect(panel.getByRole('textbox', { name: 'MemorySize' })).toHaveCount(0)
    await publish.click()
    await expect(card(page, '2')).toContainText('same as $LATEST')
    await clean(page, 'two versions')
  })

  await test.step('an alias, and who calls it', async () => {
    await panel.getByRole('button', { name: 'New alias' }).click()
    await chooseOption(page, 'Points to', 'Version 1')
    await panel.getByRole('button', { name: 'Create alias' }).click()
    await expect(card(page, 'live')).toContainText('→ version 1')
    await panel.getByRole('button', { name: 'Make it call live' }).click()
    await expect(panel.getByRole('combobox', { name: 'Crowd' })).toHaveText(/Hello:live/)
    await expect(wire(page, 'Crowd', 'Hello')).toBeAttached()
    await computed(page)
    // every call through the alias is the version's
    expect(await metric(page, 'Hello:1', 'Invocations', 'Sum')).toBe('20')
  })

  await test.step('weights', async () => {
    await chooseOption(page, 'Second version', 'Version 2')
    await expect(card(page, 'live')).toContainText('→ 1 · 90 %, 2 · 10 %')
    const share = panel.getByRole('textbox', { name: 'Calls to version 2, percent' })
    await share.fill('50')
    await share.press('Enter')
    await expect(card(page, 'live')).toContainText('→ 1 · 50 %, 2 · 50 %')
    await computed(page)
    const [one, two] = [
      await metric(page, 'Hello:1', 'Invocations', 'Sum'),
      await metric(page, 'Hello:2', 'Invocations', 'Sum'),
    ]
    expect(Number(one) + Number(two)).toBe(20)
    expect(Number(two)).toBeGreaterThan(0)
    await clean(page, 'a weighted alias')
  })

  await test.step('roll back with one press, then one version further', async () => {
    await panel.getByRole('button', { name: 'Stop sending to version 2: live' }).click()
    await expect(card(page, 'live')).toContainText('→ version 1')
    await chooseOption(page, 'Points to', 'Version 2')
    await expect(card(page, 'live')).toContainText('→ version 2')
    await panel.getByRole('button', { name: 'Roll back to version 1: live' }).click()
    await expect(card(page, 'live')).toContainText('→ version 1')
    // no caller changed
    await expect(panel.getByRole('combobox', { name: 'Crowd' })).toHaveText(/Hello:live/)
  })

  await test.step('what deleting takes along is said; a version in use stays', async () => {
    await expect(panel).toContainText('Crowd calls it and loses its target.')
    await card(page, '1').click()
    await expect(panel.getByRole('button', { name: 'Delete version 1' })).toBeDisabled()
    await card(page, '2').click()
    await panel.getByRole('button', { name: 'Delete version 2' }).click()
    await expect(card(page, '2')).toHaveCount(0)
    await setMemory(page, 2048)
    await publish.click()
    // its number is not given again
    await expect(card(page, '3')).toBeVisible()
  })

  await test.step('undo, step by step', async () => {
    await undo(page, 'Publish version 3 of Hello')
    await undo(page, 'MemorySize of Hello')
    await undo(page, 'Delete Hello:2')
    await expect(card(page, '2')).toBeVisible()
    await undo(page, 'Roll back Hello:live')
    await expect(card(page, 'live')).toContainText('→ version 2')
  })
})

/** Goes to a control as the Tab key does. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let i = 0; i < 40; i++) {
    if (await target.evaluate((element) => element === document.activeElement).catch(() => false)) return
    await page.keyboard.press('Tab')
  }
  await expect(target).toBeFocused()
}

test('does the same with the keyboard', async ({ page }) => {
  await openPaused(page, 'twenty-at-once')
  await node(page, 'Hello').focus()
  await page.keyboard.press('Enter')
  await expect(inspector(page).getByRole('tab', { name: 'Setup' })).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  const panel = versions(page)
  const publish = panel.getByRole('button', { name: 'Publish version' })

  await tabTo(page, publish)
  await page.keyboard.press('Enter')
  await expect(card(page, '1')).toBeVisible()
  await expect(publish).toBeFocused()

  await tabTo(page, panel.getByRole('button', { name: 'New alias' }))
  await page.keyboard.press('Enter')
  await expect(panel.getByRole('textbox', { name: 'Name' })).toBeFocused()
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type('12')
  await expect(panel).toContainText('A name of digits alone is a version. Add a letter.')
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type('canary')
  await page.keyboard.press('Enter')
  await expect(card(page, 'canary')).toContainText('→ version 1')
  await expect(panel.getByRole('button', { name: 'New alias' })).toBeFocused()

  await tabTo(page, panel.getByRole('combobox', { name: 'Crowd' }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('option', { name: 'Hello:canary' })).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(panel.getByRole('combobox', { name: 'Crowd' })).toHaveText(/Hello:canary/)
  await expect(panel.getByRole('combobox', { name: 'Crowd' })).toBeFocused()
  await page.keyboard.press('ControlOrMeta+z')
  await expect(panel.getByRole('combobox', { name: 'Crowd' })).toHaveText(/^Hello$/)
})

test('destinations are drawn, asked for and taken back', async ({ page }) => {
  await openPaused(page, 'poison-message')
  const names = await canvas(page)
    .getByRole('group')
    .evaluateAll((groups) => groups.map((group) => group.getAttribute('aria-labelledby')))
  expect(names.length).toBeGreaterThan(0)
  const cost = await openDock(page, 'Cost')
  await expect(cost.getByRole('switch', { name: 'Free tier' })).not.toBeChecked()
  await cost.getByRole('switch', { name: 'Free tier' }).click()
  await expect(cost).toContainText('1,000,000 requests and 400,000 GB-s')
})
