import { readFile } from 'node:fs/promises'
import type { Locator, Page } from '@playwright/test'
import {
  canvas,
  clock,
  drawn,
  metricsTable,
  node,
  notifications,
  openEmpty,
  openPaused,
  places,
  playback,
  settled,
} from './bench'
import { expect, test } from './support'

const saved = (page: Page): Locator => page.getByRole('banner').getByText('Saved in this browser', { exact: true })
const banner = (page: Page, text: string | RegExp): Locator =>
  page.getByRole('region', { name: 'Drawing' }).getByRole('status').filter({ hasText: text })

async function drawThree(page: Page): Promise<void> {
  await openEmpty(page)
  await canvas(page).getByRole('button', { name: 'Place these three' }).click()
  await expect(node(page, 'Function')).toBeVisible()
}

async function rename(page: Page, from: string, to: string): Promise<void> {
  await node(page, from).click({ position: { x: 60, y: 16 } })
  await page.keyboard.press('F2')
  const field = page.getByRole('textbox', { name: `New name of ${from}` })
  await field.fill(to)
  await field.press('Enter')
  await expect(node(page, to)).toBeVisible()
}

/** File dialogs of the browser cannot be driven; without them the page uses an input and a download, as in Firefox. */
async function withoutPickers(page: Page): Promise<void> {
  await page.addInitScript(() => {
    Reflect.deleteProperty(window, 'showOpenFilePicker')
    Reflect.deleteProperty(window, 'showSaveFilePicker')
  })
}

async function saveFile(page: Page, button: Locator): Promise<{ name: string; text: string }> {
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()])
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') }
}

async function openFile(page: Page, name: string, text: string): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Open a file' }).click(),
  ])
  await chooser.setFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) })
}

test('says when it is saved, and a reload brings the drawing back', async ({ page }) => {
  await drawThree(page)
  await expect(saved(page)).toBeVisible()
  const stands = await places(page, ['Client', 'Queue', 'Function'])
  const address = page.url()
  expect(address).toMatch(/#d=[0-9a-f]{32}$/)
  await page.reload()
  await expect(node(page, 'Function')).toBeVisible()
  expect(page.url()).toBe(address)
  expect(await places(page, ['Client', 'Queue', 'Function'])).toEqual(stands)
  await expect(playback(page).getByRole('button', { name: 'Play', exact: true })).toBeEnabled()

  // the start page goes on with it
  await page.getByRole('button', { name: 'Coldstart, to the start page' }).click()
  await page
    .getByRole('region', { name: 'Continue' })
    .getByRole('button', { name: /^Untitled/ })
    .click()
  await expect(node(page, 'Function')).toBeVisible()
  expect(page.url()).toBe(address)
})

test('a gallery scenario that was changed is kept as changed', async ({ page }) => {
  await openPaused(page, 'one-after-another')
  await rename(page, 'Hello', 'Greeter')
  await expect(saved(page)).toBeVisible()
  await page.reload()
  await expect(node(page, 'Greeter')).toBeVisible()
})

test('an untouched empty canvas is an empty canvas after a reload', async ({ page }) => {
  await openEmpty(page)
  await page.reload()
  await expect(canvas(page).getByRole('button', { name: 'Place these three' })).toBeVisible()
})

test('a second tab is read-only until it takes over or duplicates', async ({ page, context }) => {
  await drawThree(page)
  await expect(saved(page)).toBeVisible()
  const second = await context.newPage()
  await second.goto(page.url())
  await expect(node(second, 'Function')).toBeVisible()
  await expect(banner(second, 'another tab')).toBeVisible()
  await expect(
    second.getByRole('region', { name: 'Palette and outline' }).getByRole('button', { name: 'Queue' }),
  ).toBeDisabled()
  const before = await drawn(second)
  await second.keyboard.press('q')
  expect(await drawn(second)).toEqual(before)

  // what the first tab writes meanwhile is there after taking over
  await rename(page, 'Function', 'Worker')
  await expect(saved(page)).toBeVisible()
  await second.getByRole('button', { name: 'Take over' }).click()
  await expect(node(second, 'Worker')).toBeVisible()
  await expect(second.getByRole('button', { name: 'Take over' })).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Take over' })).toBeVisible()
  await rename(second, 'Worker', 'Mine')
  await expect(saved(second)).toBeVisible()

  // the first tab goes on with a copy of its own
  await page.getByRole('button', { name: 'Duplicate' }).click()
  await expect(page.getByRole('button', { name: 'Take over' })).toHaveCount(0)
  await rename(page, 'Worker', 'Yours')
  await expect(saved(page)).toBeVisible()
  expect(page.url()).not.toBe(second.url())
  await second.reload()
  await expect(node(second, 'Mine')).toBeVisible()
  await page.reload()
  await expect(node(page, 'Yours')).toBeVisible()
})

test.describe('storage that fails', () => {
  for (const [what, says, script] of [
    [
      'missing',
      'Not saved: this browser lets this page store nothing. Save a file instead.',
      () => {
        IDBFactory.prototype.open = () => {
          throw new DOMException('refused', 'SecurityError')
        }
      },
    ],
    [
      'full',
      "Not saved: this browser's storage is full. Save a file instead.",
      () => {
        IDBObjectStore.prototype.put = () => {
          throw new DOMException('full', 'QuotaExceededError')
        }
      },
    ],
  ] as const)
    test(`${what}: says so and offers a file, which opens again`, async ({ page }) => {
      await withoutPickers(page)
      await page.addInitScript(script)
      await drawThree(page)
      await expect(page.getByRole('banner').getByRole('status')).toContainText(says)
      const file = await saveFile(page, page.getByRole('banner').getByRole('button', { name: 'Save a file' }))
      expect(file.name).toBe('untitled.coldstart.json')
      expect(Object.keys((JSON.parse(file.text) as { resources: object }).resources)).toContain('Queue')

      // leaving unsaved work asks first
      await page.getByRole('button', { name: 'Coldstart, to the start page' }).click()
      await page.getByRole('button', { name: 'Start with an empty canvas' }).click()
      await expect(notifications(page)).toContainText(says)
      await expect(page.getByRole('button', { name: 'Open anyway' })).toBeVisible()
    })
})

test('a saved file opens again as the same drawing with the same numbers', async ({ page, elsewhere }) => {
  await withoutPickers(page)
  await openPaused(page, 'poison-message')
  const picture = await settled(page)
  const numbers = await metricsTable(page)
  await page.getByRole('button', { name: 'Poison message', exact: true }).click()
  const file = await saveFile(page, page.getByRole('menuitem', { name: 'Save a file' }))
  expect(file.name).toBe('poison-message.coldstart.json')

  const theirs = await elsewhere.newPage()
  await withoutPickers(theirs)
  await theirs.goto('./')
  await openFile(theirs, file.name, file.text)
  await expect(theirs.getByRole('heading', { level: 1, name: 'Poison message' })).toBeVisible()
  await expect.poll(() => drawn(theirs)).toEqual(picture)
  expect(await metricsTable(theirs)).toBe(numbers)
})

test('a file that is no scenario says what is wrong, and nothing changes', async ({ page }) => {
  await withoutPickers(page)
  await page.goto('./')
  await openFile(
    page,
    'holiday.json',
    '{"coldstart": 1, "name": "Holiday", "resources": {"Beach": {"Type": "AWS::Sand::Beach"}}}',
  )
  await expect(notifications(page)).toContainText('holiday.json is not a scenario.')
  await expect(notifications(page)).toContainText('Beach')
  await expect(page.getByRole('heading', { level: 1, name: 'Coldstart' })).toBeVisible()
})

test.describe('broken links', () => {
  async function linkOf(page: Page): Promise<string> {
    await page.getByRole('button', { name: 'Share' }).click()
    const dialog = page.getByRole('dialog', { name: 'Share this scenario' })
    const link = await dialog.getByRole('textbox', { name: /^Link/ }).inputValue()
    await page.keyboard.press('Escape')
    await expect(dialog).toHaveCount(0)
    return link.slice(link.indexOf('#'))
  }
  /** As when a link is pasted into the address bar of a tab that shows a drawing. */
  const paste = (page: Page, hash: string): Promise<void> =>
    page.evaluate((to) => {
      location.hash = to
    }, hash)

  for (const [what, breakIt, says] of [
    ['truncated', (link: string) => link.slice(0, 120), 'This link is incomplete'],
    ['garbage', () => '#s=hello', 'This link holds no scenario. Copy the whole link again, or ask for a file.'],
    [
      'with a foreign character',
      (link: string) => `${link.slice(0, 60)}%C3%A4${link.slice(60)}`,
      'is not one a link uses',
    ],
  ] as const)
    test(`${what}: one message, and the drawing stays`, async ({ page }) => {
      await drawThree(page)
      await expect(saved(page)).toBeVisible()
      const [address, picture] = [page.url(), await settled(page)]
      const link = await linkOf(page)
      await paste(page, breakIt(link))
      await expect(notifications(page).getByRole('dialog').filter({ hasText: says })).toHaveCount(1)
      expect(await drawn(page)).toEqual(picture)
      await expect.poll(() => page.url()).toBe(address)

      // with nothing open, it leads to the start page
      const fresh = await page.context().newPage()
      await fresh.goto(`./${breakIt(link)}`)
      await expect(notifications(fresh).getByRole('dialog').filter({ hasText: says })).toHaveCount(1)
      await expect(fresh.getByRole('heading', { level: 1, name: 'Coldstart' })).toBeVisible()
    })

  test('of a newer version: read-only, and what was not understood is named', async ({ page, elsewhere }) => {
    await openPaused(page, 'one-after-another')
    const link = await linkOf(page)
    const theirs = await elsewhere.newPage()
    // format digit 2 with the checksum of that text, as a later version would write it
    const payload = link.slice('#s=1'.length + 1 + 4).replace(/&t=.*/, '')
    const dictionary = link.charAt('#s=1'.length)
    await theirs.goto(`./#s=2${dictionary}${checksum(`2${dictionary}${payload}`)}${payload}`)
    await expect(banner(theirs, 'This link was made by a newer version. It is read-only here.')).toBeVisible()
    await expect(theirs.getByRole('button', { name: 'Reload to update' })).toBeVisible()
    const before = await drawn(theirs)
    expect(before.some((name) => name.startsWith('Visitor,'))).toBe(true)
    await theirs.keyboard.press('q')
    expect(await drawn(theirs)).toEqual(before)
  })
})

test('someone else’s link opens paused, and a copy of it can be kept', async ({ page, elsewhere }) => {
  await openPaused(page, 'one-after-another')
  await page.getByRole('button', { name: 'Share' }).click()
  const link = await page.getByRole('textbox', { name: /^Link/ }).inputValue()
  const theirs = await elsewhere.newPage()
  await theirs.goto(link)
  await expect(banner(theirs, 'Someone else made this scenario.')).toBeVisible()
  expect(await clock(theirs)).toBe('00:00.000')
  await theirs.getByRole('button', { name: 'Keep a copy' }).click()
  await expect(saved(theirs)).toBeVisible()
  await expect.poll(() => theirs.url()).toMatch(/#d=/)
  await theirs.reload()
  await expect(node(theirs, 'Visitor')).toBeVisible()
  await expect(banner(theirs, 'Someone else made this scenario.')).toHaveCount(0)
})

/** The link's checksum, written anew: 24-bit FNV-1a. */
function checksum(text: string): string {
  let hash = 0x811c9dc5
  for (const character of text) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193)
  const folded = ((hash >>> 24) ^ hash) & 0xffffff
  const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  return [18, 12, 6, 0].map((shift) => digits.charAt((folded >> shift) & 63)).join('')
}
