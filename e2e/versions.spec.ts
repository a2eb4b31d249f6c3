import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { boxOf, canvas, computed, inspector, metric, node, openDock, openPaused, wire } from './bench'
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
  const field = inspector(page).getByRole('spinbutton', { name: 'MemorySize' })
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
    await expect(node(page, 'Hello')).toHaveAccessibleName(/version 1/)
  })

  await test.step('it stays while the function changes', async () => {
    await setMemory(page, 1024)
    await expect(panel).toContainText('$LATEST differs from version 1: MemorySize.')
    // what was published says so, and offers nothing to change it with
    if ((await card(page, '1').getAttribute('aria-expanded')) === 'false') await card(page, '1').click()
    await expect(panel).toContainText('A published version never changes')
    await expect(panel).toContainText('512, now 1,024')
    await expect(panel.getByRole('spinbutton', { name: 'MemorySize' })).toHaveCount(0)
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
    const share = panel.getByRole('spinbutton', { name: 'Calls to version 2, percent' })
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

test('the split is told in words, with and without motion @motion', async ({ page }) => {
  await openVersions(page)
  const panel = versions(page)
  await panel.getByRole('button', { name: 'Publish version' }).click()
  await setMemory(page, 1024)
  await panel.getByRole('button', { name: 'Publish version' }).click()
  await panel.getByRole('button', { name: 'New alias' }).click()
  await chooseOption(page, 'Points to', 'Version 1')
  await panel.getByRole('button', { name: 'Create alias' }).click()
  await panel.getByRole('button', { name: 'Make it call live' }).click()
  await chooseOption(page, 'Second version', 'Version 2')
  const share = panel.getByRole('spinbutton', { name: 'Calls to version 2, percent' })
  await share.fill('40')
  await share.press('Enter')
  await computed(page)
  // before anything was answered: as it is set
  await expect(node(page, 'Hello')).toHaveAccessibleName(/alias live: version 1 60 % and version 2 40 %/)
  await page.getByRole('slider', { name: 'Timeline' }).press('End')
  const told = /alias live: version 1 (\d+) % and version 2 (\d+) %/
  await expect(node(page, 'Hello')).toHaveAccessibleName(/version 1: \d+ answered/)
  const [, one, two] = told.exec(await nameOf(node(page, 'Hello'))) ?? []
  expect(Number(one) + Number(two)).toBe(100)
  // 20 calls: the shares are whole twentieths
  expect(Number(two) % 5).toBe(0)
})

const nameOf = (target: Locator): Promise<string> =>
  target.evaluate((element) => {
    const by = element.getAttribute('aria-labelledby')
    return (by === null ? null : document.getElementById(by)?.textContent) ?? ''
  })

test('provisioned concurrency tells its status as time passes', async ({ page }) => {
  await openVersions(page)
  const panel = versions(page)
  await panel.getByRole('button', { name: 'Publish version' }).click()
  await panel.getByRole('button', { name: 'New alias' }).click()
  await panel.getByRole('button', { name: 'Create alias' }).click()
  const kept = panel.getByRole('spinbutton', { name: 'Provisioned concurrency' })
  await kept.fill('3')
  await kept.press('Enter')
  await computed(page)
  await expect(panel).toContainText('READY, 3 requested')
  await expect(node(page, 'Hello')).toHaveAccessibleName(/alias live: .*provisioned 0 of 3 kept/)
  const at = panel.getByRole('spinbutton', { name: 'Asked for at' })
  await at.fill('0')
  await at.press('Enter')
  await expect(panel).toContainText('IN_PROGRESS, 3 requested')
  await expect(node(page, 'Hello')).toHaveAccessibleName(/alias live: .*provisioned 3 pending/)
  await clean(page, 'provisioned concurrency')
})

/** With the focus on the node: W, the target and the port, Enter. */
async function connect(page: Page, from: string, option: string): Promise<void> {
  await node(page, from).focus()
  await page.keyboard.press('w')
  const dialog = page.getByRole('dialog', { name: `Connect ${from} to` })
  await page.keyboard.type(option)
  await expect(page.getByRole('option', { name: new RegExp(`^${option}`) }).first()).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(dialog).toHaveCount(0)
}

test('destinations are drawn as wires, with the keyboard and with the mouse', async ({ page }) => {
  await openPaused(page, 'three-consumers')
  const success = canvas(page).getByRole('group', { name: /^from Parcels to Audit, on success/ })
  const failure = canvas(page).getByRole('group', { name: /^from Parcels to Audit, on failure/ })
  const before = Number(await metric(page, 'Audit', 'NumberOfMessagesSent', 'Sum'))
  await connect(page, 'Parcels', 'Audit, record on success')
  await expect(success).toBeAttached()
  await computed(page)
  // every event of Parcels that succeeded left a record
  const done = Number(await metric(page, 'Parcels', 'Invocations', 'Sum'))
  expect(done).toBeGreaterThan(0)
  await expect.poll(() => metric(page, 'Audit', 'NumberOfMessagesSent', 'Sum')).toBe(String(before + done))
  await connect(page, 'Parcels', 'Audit, record on failure')
  await expect(failure).toBeAttached()
  await failure.focus()
  await page.keyboard.press('Delete')
  await expect(failure).toHaveCount(0)
  await expect(success).toBeAttached()

  await test.step('from the port at its floor the drop asks what is meant', async () => {
    const parcels = await boxOf(node(page, 'Parcels'))
    const audit = await boxOf(node(page, 'Audit'))
    await page.mouse.move(parcels.x + parcels.width / 2, parcels.y + parcels.height)
    await page.mouse.down()
    await page.mouse.move(audit.x + audit.width / 2, audit.y + audit.height / 2, { steps: 8 })
    await page.mouse.up()
    await page.getByRole('menuitem', { name: 'Record on failure' }).click()
    await expect(failure).toBeAttached()
  })
  await page.getByRole('button', { name: /^Undo / }).click()
  await expect(failure).toHaveCount(0)
})

test('a mapping has all its properties in the inspector', async ({ page }) => {
  await openPaused(page, 'poison-message')
  await wire(page, 'Orders', 'Worker').focus()
  await page.keyboard.press('Enter')
  const setup = inspector(page).getByRole('tabpanel', { name: 'Setup' })
  const set = async (name: string, value: string): Promise<void> => {
    const field = setup.getByRole('spinbutton', { name, exact: true })
    await field.fill(value)
    await field.press('Enter')
    await expect(field).toHaveValue(value)
  }
  await set('BatchSize', '5')
  await set('MaximumBatchingWindowInSeconds', '2')
  await setup.getByRole('switch', { name: 'ReportBatchItemFailures' }).click()
  await setup.getByRole('button', { name: 'Add ScalingConfig' }).click()
  await set('MaximumConcurrency', '4')
  await setup.getByRole('button', { name: 'More properties' }).click()
  await setup.getByRole('button', { name: 'Add ProvisionedPollerConfig' }).click()
  await set('MinimumPollers', '3')
  // AWS takes one of the two
  await expect(setup).toContainText('MaximumConcurrency and ProvisionedPollerConfig cannot be used together')
  await setup.getByRole('button', { name: 'Remove ScalingConfig' }).click()
  await expect(setup).not.toContainText('cannot be used together')
  await setup.getByRole('button', { name: 'Add FilterCriteria' }).click()
  await setup.getByRole('button', { name: 'Add filter' }).click()
  await expect(setup.getByRole('textbox', { name: 'Pattern' })).toHaveValue(/"order"/)
  await expect(setup.getByRole('heading', { name: 'Problems' })).toHaveCount(0)
  await clean(page, 'a mapping')
})

test('every kind of step can be added with the keyboard and is legal as it starts', async ({ page }) => {
  await openPaused(page, 'poison-message')
  await node(page, 'Worker').focus()
  await page.keyboard.press('Enter')
  const setup = inspector(page).getByRole('tabpanel', { name: 'Setup' })
  const steps = setup.getByRole('list').filter({ has: page.getByRole('button', { name: /^1 ?wait/ }) })
  const add = setup.getByRole('button', { name: 'Add step' })
  await tabTo(page, add)
  await page.keyboard.press('Enter')
  const kinds = 11
  await expect(page.getByRole('menuitem')).toHaveCount(kinds)
  await page.keyboard.press('Escape')
  for (let kind = 0; kind < kinds; kind++) {
    await add.focus()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('menuitem')).toHaveCount(kinds)
    await page.getByRole('menuitem').nth(kind).focus()
    await page.keyboard.press('Enter')
    await expect(steps.locator('> li')).toHaveCount(4 + kind)
  }
  // a step that starts instances is told that none is drawn; nothing else is wrong
  const problems = setup.getByRole('region', { name: 'Problems' })
  await expect(problems.getByRole('listitem')).toHaveText([/There is no instance that Worker could find/])
  await clean(page, 'all steps')
})

test('the free tier is a switch, and says what it covers', async ({ page }) => {
  await openPaused(page, 'poison-message')
  const cost = await openDock(page, 'Cost')
  const tier = cost.getByRole('switch', { name: 'Free tier' })
  await expect(tier).not.toBeChecked()
  await tier.focus()
  await page.keyboard.press('Space')
  await expect(tier).toBeChecked()
  await expect(cost).toContainText('1,000,000 requests and 400,000 GB-s')
})
