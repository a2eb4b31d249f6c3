/** The bench as a learner names its parts: roles and names, so that a test that finds a thing proves others can, too. */
import { expect, type Locator, type Page } from '@playwright/test'

export const canvas = (page: Page): Locator => page.getByRole('region', { name: 'Canvas' })
export const palette = (page: Page): Locator => page.getByRole('region', { name: 'Palette and outline' })
export const inspector = (page: Page): Locator => page.getByRole('region', { name: 'Inspector' })
export const dock = (page: Page): Locator => page.getByRole('region', { name: 'Dock' })
export const playback = (page: Page): Locator => page.getByRole('group', { name: 'Playback' })
export const notifications = (page: Page): Locator => page.getByRole('region', { name: /^Notifications/ })

/** A node or container by the name it shows; what follows in its accessible name is its state. */
export const node = (page: Page, name: string): Locator =>
  canvas(page).getByRole('group', { name: startsWith(`${name},`) })

/** A wire by its ends. */
export const wire = (page: Page, from: string, to: string): Locator =>
  canvas(page).getByRole('group', { name: startsWith(`from ${from} to ${to},`) })

const startsWith = (text: string): RegExp => new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`, 'i')

/** What the clock shows: `00:01.250`. */
export async function clock(page: Page): Promise<string> {
  return (await page.getByRole('timer', { name: 'Simulated time' }).innerText()).replace(/\s/g, '')
}

/** Simulated milliseconds on the clock. */
export async function shownMs(page: Page): Promise<number> {
  const parts = (await clock(page)).split(':').map(Number)
  return Math.round(parts.reduce((sum, part) => sum * 60 + part, 0) * 1_000)
}

export async function openEmpty(page: Page): Promise<void> {
  await page.goto('./')
  await page.getByRole('button', { name: /^Start with an empty canvas/ }).click()
  await expect(canvas(page).getByRole('button', { name: 'Place these three' })).toBeVisible()
}

export async function openScenario(page: Page, slug: string): Promise<void> {
  await page.goto(`./#g=${slug}`)
  await expect(playback(page).getByRole('button', { name: 'Pause' })).toBeVisible()
}

/** Opens a gallery scenario and holds it at its first instant. */
export async function openPaused(page: Page, slug: string): Promise<void> {
  await openScenario(page, slug)
  await playback(page).getByRole('button', { name: 'To the start' }).click()
  await expect.poll(() => clock(page)).toBe('00:00.000')
  await computed(page)
}

/** Waits until the whole run is computed. */
export async function computed(page: Page): Promise<void> {
  await expect(page.getByText(/% of .* computed/)).toHaveCount(0)
}

/** A tab of the dock. */
export async function openDock(page: Page, name: string): Promise<Locator> {
  await dock(page)
    .getByRole('tab', { name: startsWith(name) })
    .click()
  return dock(page).getByRole('tabpanel', { name: startsWith(name) })
}

/** The run's numbers as text: every metric of every resource. */
export async function metricsTable(page: Page): Promise<string> {
  const panel = await openDock(page, 'Metrics')
  await panel.getByRole('radio', { name: 'Table' }).check()
  const table = panel.getByRole('table', { name: 'Metrics of the run' })
  await expect(table).toBeVisible()
  // what is chosen comes first; the numbers are the same in any order
  return (await table.innerText()).split('\n').sort().join('\n')
}

/** One number of that table. */
export async function metric(page: Page, resource: string, name: string, column: 'Sum' | 'Maximum'): Promise<string> {
  const panel = await openDock(page, 'Metrics')
  await panel.getByRole('radio', { name: 'Table' }).check()
  const cells = panel.getByRole('row', { name: startsWith(`${resource} ${name} `) }).getByRole('cell')
  return (await cells.nth(column === 'Sum' ? 2 : 4).innerText()).trim()
}

export interface Place {
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
}

/** Where nodes stand relative to the first of them, in widths of it: the same at every zoom and scroll. */
export async function places(page: Page, names: readonly string[]): Promise<{ readonly [name: string]: Place }> {
  const boxes = await Promise.all(names.map(async (name) => ({ name, box: await boxOf(node(page, name)) })))
  const unit = boxes[0]!.box
  const per = (length: number): number => Math.round((length / unit.width) * 50) / 50
  return Object.fromEntries(
    boxes.map(({ name, box }) => [
      name,
      { x: per(box.x - unit.x), y: per(box.y - unit.y), w: per(box.width), h: per(box.height) },
    ]),
  )
}

/** Accessible names of all that is drawn, state included. */
export async function drawn(page: Page): Promise<string[]> {
  const names = await canvas(page)
    .getByRole('application')
    .getByRole('group')
    .evaluateAll((groups) =>
      groups.map((group) => {
        const by = group.getAttribute('aria-labelledby')
        return (by === null ? group.getAttribute('aria-label') : document.getElementById(by)?.textContent) ?? ''
      }),
    )
  return names.sort()
}

/** The picture once it has followed the playhead, which it does a few times a second. */
export async function settled(page: Page): Promise<string[]> {
  let picture = await drawn(page)
  await expect
    .poll(
      async () => {
        const before = picture
        picture = await drawn(page)
        return JSON.stringify(picture) === JSON.stringify(before)
      },
      { intervals: [250] },
    )
    .toBe(true)
  return picture
}

export async function boxOf(locator: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await locator.boundingBox()
  if (box === null) throw new Error('not on screen')
  return box
}
