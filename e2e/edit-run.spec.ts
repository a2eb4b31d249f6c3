import type { Locator, Page } from '@playwright/test'
import {
  canvas,
  clock,
  computed,
  drawn,
  inspector,
  metric,
  metricsTable,
  node,
  openDock,
  openPaused,
  playback,
  settled,
} from './bench'
import { expect, test } from './support'

test.use({ viewport: { width: 1440, height: 900 } })

/** Chooses a node at its head, where nothing else is. */
const choose = (page: Page, name: string): Promise<void> => node(page, name).click({ position: { x: 60, y: 16 } })

async function command(page: Page, name: string, entry: string): Promise<void> {
  await inspector(page)
    .getByRole('button', { name: `Commands for ${name}` })
    .click()
  await page.getByRole('menu').getByRole('menuitem', { name: entry }).click()
}

/** Moves the playhead by whole seconds. */
async function seconds(page: Page, by: number): Promise<void> {
  await page.getByRole('heading', { level: 1 }).evaluate(() => (document.activeElement as HTMLElement).blur())
  for (let i = 0; i < Math.abs(by); i++) await page.keyboard.press(by > 0 ? 'Shift+ArrowRight' : 'Shift+ArrowLeft')
}

test('an edit changes the numbers at once; undo restores them to the digit', async ({ page }) => {
  await openPaused(page, 'twenty-at-once')
  expect(await metric(page, 'Hello', 'ColdStarts', 'Sum')).toBe('20')
  const before = await metricsTable(page)

  await choose(page, 'Crowd')
  const calls = inspector(page).getByRole('spinbutton', { name: 'Calls' })
  await calls.fill('35')
  await calls.press('Enter')
  await expect.poll(() => metric(page, 'Hello', 'ColdStarts', 'Sum')).toBe('35')
  expect(await metricsTable(page)).not.toBe(before)

  await page.getByRole('button', { name: /^Undo / }).click()
  await expect.poll(() => metricsTable(page)).toBe(before)
  await expect(calls).toHaveValue('20')
  await page.getByRole('button', { name: /^Redo / }).click()
  await expect.poll(() => metric(page, 'Hello', 'ColdStarts', 'Sum')).toBe('35')
})

test('a wrong value is refused where it stands, with the limit, and the run stays', async ({ page }) => {
  await openPaused(page, 'poison-message')
  await choose(page, 'Orders')
  const before = await metricsTable(page)
  const field = inspector(page).getByRole('spinbutton', { name: 'VisibilityTimeout' })
  const was = await field.inputValue()
  await field.fill('86400')
  await field.press('Enter')
  await expect(
    inspector(page)
      .getByText(/43,?200/)
      .first(),
  ).toBeVisible()
  expect(await metricsTable(page)).toBe(before)
  await field.press('Escape')
  await field.fill(was)
  await field.press('Enter')
  await expect(page.getByText(/43,?200/)).toHaveCount(0)
})

test.describe('as code', () => {
  async function openCode(page: Page, name: string): Promise<Locator> {
    await page.getByRole('button', { name, exact: true }).click()
    await page.getByRole('menuitem', { name: 'Edit as code' }).click()
    const code = page.getByRole('region', { name: 'Code' }).getByRole('code')
    await expect(code).toContainText('coldstart: 1', { useInnerText: true })
    return code
  }
  const typing = (page: Page): Locator => page.getByRole('textbox', { name: /^Scenario as text/ })

  test('what is typed is drawn, what is drawn is written, and comments stay', async ({ page }) => {
    await openPaused(page, 'one-after-another')
    const code = await openCode(page, 'One after another')
    await typing(page).focus()
    await page.keyboard.press('Control+End')
    await page.keyboard.type('\nlabels:\n  Hello: Greeter # says hello')
    await expect(node(page, 'Greeter')).toBeVisible()

    // the same document from the other side: a rename on the canvas
    await node(page, 'Visitor').click()
    await page.keyboard.press('F2')
    const field = page.getByRole('textbox', { name: 'New name of Visitor' })
    await field.fill('Passer-by')
    await field.press('Enter')
    await expect(node(page, 'Passer-by')).toBeVisible()
    await expect(code).toContainText('Visitor: Passer-by', { useInnerText: true })
    await expect(code).toContainText('Hello: Greeter # says hello', { useInnerText: true })

    // and undone from there
    await page.getByRole('button', { name: 'Undo Rename' }).click()
    await expect(node(page, 'Visitor')).toBeVisible()
    await expect(code).not.toContainText('Passer-by', { useInnerText: true })
    await expect(code).toContainText('# says hello', { useInnerText: true })
  })

  test('half a line holds the run and is marked; the drawing stays until the text is whole', async ({ page }) => {
    await openPaused(page, 'one-after-another')
    const code = await openCode(page, 'One after another')
    const picture = await settled(page)
    await typing(page).focus()
    await page.keyboard.press('Control+End')
    await page.keyboard.type('\nduration: 90')
    const says = page.getByRole('region', { name: 'Code' }).getByRole('status')
    await expect(says).not.toHaveText('The canvas shows this document.')
    expect(await drawn(page)).toEqual(picture)
    for (let i = 0; i < '\nduration: 90'.length; i++) await page.keyboard.press('Backspace')
    await expect(says).toHaveText('The canvas shows this document.')
    await expect(code).not.toContainText('duration: 90', { useInnerText: true })
  })
})

test('a blocked call is explained and mended with one button, and the run then succeeds', async ({ page }) => {
  await openPaused(page, 'no-way-out')
  expect(await metric(page, 'FetchPrices', 'Errors', 'Sum')).toBe('20')
  const problems = await openDock(page, 'Problems')
  await expect(problems.getByRole('listitem')).toContainText('PrivateA has no route out.')
  await problems.getByRole('button', { name: /^FetchPrices/ }).click()
  await inspector(page).getByRole('tab', { name: 'Network' }).click()
  await expect(inspector(page).getByRole('img', { name: 'Blocked' })).toBeVisible()
  await expect(inspector(page)).toContainText('PrivateTable has no route for')
  await inspector(page)
    .getByRole('button', { name: /^Add a NAT gateway in PublicA/ })
    .click()
  await expect(inspector(page).getByRole('img', { name: 'Reachable' })).toBeVisible()
  await expect(canvas(page).getByRole('group', { name: /, nat gateway/i })).toBeAttached()
  await expect.poll(() => metric(page, 'FetchPrices', 'Errors', 'Sum')).toBe('0')
  await expect((await openDock(page, 'Problems')).getByText('PrivateA has no route out.')).toHaveCount(0)
  await page.getByRole('button', { name: /^Undo Add a NAT gateway/ }).click()
  await expect.poll(() => metric(page, 'FetchPrices', 'Errors', 'Sum')).toBe('20')
})

test('the problems panel mends what has one remedy', async ({ page }) => {
  await openPaused(page, 'poison-message')
  const problems = await openDock(page, 'Problems')
  const item = problems.getByRole('listitem').first()
  const said = await item.getByRole('paragraph').innerText()
  const fix = item.getByRole('button').last()
  const title = await fix.innerText()
  await fix.click()
  await expect(problems.getByText(said)).toHaveCount(0)
  await page.getByRole('button', { name: `Undo ${title}` }).click()
  await expect(problems.getByText(said)).toBeVisible()
})

test('an event sent during the run leaves the past and changes the future', async ({ page }) => {
  await openPaused(page, 'one-after-another')
  expect(await metric(page, 'Hello', 'Invocations', 'Sum')).toBe('20')
  await seconds(page, 5)
  await expect.poll(() => clock(page)).toBe('00:05.000')
  const past = await settled(page)
  await seconds(page, 3)
  await choose(page, 'Visitor')
  await command(page, 'Visitor', 'Send 10 events now')
  await expect.poll(() => metric(page, 'Hello', 'Invocations', 'Sum')).toBe('30')
  // ten at once need environments that twenty in a row did not
  expect(Number(await metric(page, 'Hello', 'ColdStarts', 'Sum'))).toBeGreaterThan(1)
  expect(await clock(page)).toBe('00:08.000')
  await playback(page).getByRole('button', { name: 'Step forward' }).click()
  await expect.poll(() => clock(page)).toMatch(/^00:08\.0/)
  await seconds(page, -4)
  await playback(page).getByRole('button', { name: 'To the start' }).click()
  await seconds(page, 5)
  await expect.poll(() => clock(page)).toBe('00:05.000')
  await expect.poll(() => drawn(page)).toEqual(past)
  await page.getByRole('button', { name: 'Undo Intervene' }).click()
  await expect.poll(() => metric(page, 'Hello', 'Invocations', 'Sum')).toBe('20')
})

test('a resource broken during the run fails from then on, until it is repaired', async ({ page }) => {
  await openPaused(page, 'one-after-another')
  expect(await metric(page, 'Visitor', 'Failures', 'Sum')).toBe('0')
  await seconds(page, 10)
  await choose(page, 'Hello')
  await command(page, 'Hello', 'Break now')
  await expect.poll(() => metric(page, 'Visitor', 'Failures', 'Sum')).not.toBe('0')
  await computed(page)
  const failures = Number(await metric(page, 'Visitor', 'Failures', 'Sum'))
  expect(failures).toBeGreaterThan(5)
  expect(failures).toBeLessThan(20)
  await seconds(page, 5)
  await choose(page, 'Hello')
  await command(page, 'Hello', 'Repair now')
  await expect.poll(async () => Number(await metric(page, 'Visitor', 'Failures', 'Sum'))).toBeLessThan(failures)
  expect(Number(await metric(page, 'Visitor', 'Failures', 'Sum'))).toBeGreaterThan(0)
})
