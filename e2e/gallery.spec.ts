import { canvas, clock, openDock, playback } from './bench'
import { expect, test } from './support'

const SCENARIOS = [
  'Twenty at once',
  'One after another',
  'What stays',
  'Spill over',
  'Canary release',
  'Orders',
  'Three consumers',
  'Fan-out',
  'Every five minutes',
  'Replay after the fix',
  'Stop, start, protect',
  'Poison message',
  'Partial batch',
  'Message groups',
  'Backlog',
  'Workers by backlog',
  'Poison in one shard',
  'Add versus set',
  'Two destinations',
  'Four sources',
  'Loop',
  'Thumbnails',
  'Clicks to a bucket',
  'Behind a load balancer',
  'No way out',
  'The NAT that mends it',
  'The NAT in the wrong subnet',
  'The answer that never comes',
  'Black hole',
  'The endpoint nobody uses',
  'ENIs now',
  'ENIs in 2018',
  'Noisy neighbour',
  'Steady, by the book',
] as const

for (const part of [SCENARIOS.slice(0, 7), SCENARIOS.slice(7, 14), SCENARIOS.slice(14, 21), SCENARIOS.slice(21)])
  test(`one click opens and plays: ${part.join(', ')}`, async ({ page }) => {
    await page.goto('./')
    for (const name of part) {
      await test.step(name, async () => {
        const card = page.getByRole('main').getByRole('button', { name: new RegExp(`^${name} \\d+ nodes`) })
        const nodes = Number(/(\d+) nodes/.exec(await card.innerText())?.[1])
        await card.click()
        await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
        await expect(playback(page).getByRole('button', { name: 'Pause' })).toBeVisible()
        const before = await clock(page)
        await expect.poll(() => clock(page)).not.toBe(before)
        expect(await canvas(page).getByRole('group').count()).toBeGreaterThanOrEqual(nodes)
        await page.getByRole('button', { name: 'Coldstart, to the start page' }).click()
        await expect(page.getByRole('heading', { level: 1, name: 'Coldstart' })).toBeVisible()
      })
    }
  })

test('every scenario of the library is on the start page', async ({ page }) => {
  await page.goto('./')
  const index = (await (await page.request.get('./scenarios/index.json')).json()) as { name: string }[]
  expect(index.map(({ name }) => name)).toEqual([...SCENARIOS])
  for (const name of SCENARIOS)
    await expect(page.getByRole('main').getByRole('button', { name: new RegExp(`^${name} \\d+ nodes`) })).toHaveCount(1)
})

test('filters and search narrow the library, and an empty result says so', async ({ page }) => {
  await page.goto('./')
  const cards = page.getByRole('main').getByRole('button', { name: /\d+ nodes/ })
  const all = SCENARIOS.length
  await expect(cards).toHaveCount(all)

  await page.getByRole('radio', { name: 'Network' }).check()
  await expect(cards.filter({ hasText: 'No way out' })).toHaveCount(1)
  await expect(cards.filter({ hasText: 'Poison message' })).toHaveCount(0)
  await page.getByRole('radio', { name: 'Queues' }).check()
  await expect(cards.filter({ hasText: 'Poison message' })).toHaveCount(1)
  await expect(cards.filter({ hasText: 'No way out' })).toHaveCount(0)
  await page.getByRole('radio', { name: 'All', exact: true }).check()
  await expect(cards).toHaveCount(all)

  // the search is a key away, and looks into names and descriptions
  await page.getByRole('heading', { name: 'Scenarios' }).click()
  await page.keyboard.press('/')
  const search = page.getByRole('searchbox', { name: 'Find a scenario' })
  await expect(search).toBeFocused()
  await page.keyboard.type('dead-letter')
  await expect(cards).toHaveCount(1)
  await expect(cards).toContainText('Poison message')
  await search.fill('mainframe')
  await expect(cards).toHaveCount(0)
  await expect(page.getByText(`No scenario matches. Clear the search to see all ${all}.`)).toBeVisible()
  await search.fill('')
  await expect(cards).toHaveCount(all)
})

test('a scenario that is not in the library says so', async ({ page }) => {
  const missing = page.waitForResponse(/scenarios\/nothing-here\.yaml/)
  await page.goto('./#g=Nothing')
  await expect(page.getByRole('heading', { level: 1, name: 'Coldstart' })).toBeVisible()
  await page.route('**/scenarios/nothing-here.yaml', (route) => route.fulfill({ status: 200, body: '{' }))
  await page.evaluate(() => (location.hash = '#g=nothing-here'))
  await missing
  await expect(page.getByText('There is no scenario nothing-here in the library.').first()).toBeVisible()
  await expect(page.getByRole('heading', { level: 1, name: 'Coldstart' })).toBeVisible()
})

test('an empty canvas offers three first actions', async ({ page }) => {
  await page.goto('./')
  await expect(page.getByRole('button', { name: /^Start with an empty canvas/ })).toBeVisible()
  await page.keyboard.press('n')
  const place = canvas(page).getByRole('button', { name: 'Place these three' })
  await expect(canvas(page).getByRole('button', { name: 'Open Orders' })).toBeVisible()
  await expect(canvas(page).getByRole('button', { name: 'Write it as code' })).toBeVisible()
  await expect(page.getByText('The timeline fills as soon as an event can travel.')).toBeVisible()
  await place.click()
  await expect(canvas(page).getByRole('group', { name: /^(Client|Queue|Function),/ })).toHaveCount(3)
  await expect(page.getByRole('slider', { name: 'Timeline' })).toBeVisible()
})

test('eleven days of arrivals show progress, and the page answers meanwhile', async ({ page }) => {
  // what a patient eye would see, frame by frame: the percentage shown, and the clock
  await page.addInitScript(() => {
    const seen: { percent: number; clock: string }[] = []
    Object.assign(window, { seen })
    const look = (): void => {
      const percent = /(\d+) % of .* computed/.exec(
        document.querySelector('[aria-label="Dock"]')?.textContent ?? '',
      )?.[1]
      const clock = document.querySelector('[role="timer"]')?.textContent ?? ''
      if (percent !== undefined) seen.push({ percent: Number(percent), clock })
      requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  })
  await page.goto('./')
  await page
    .getByRole('main')
    .getByRole('button', { name: /^Steady, by the book/ })
    .click()
  const progress = page.getByText(/^\d+ % of .* computed$/)
  // a quick machine is done before it is shown
  await progress.waitFor({ timeout: 3_000 }).catch(() => {})
  await expect(progress).toHaveCount(0, { timeout: 45_000 })
  const seen = await page.evaluate(() => (window as unknown as { seen: { percent: number; clock: string }[] }).seen)
  const percents = seen.map(({ percent }) => percent)
  expect(percents).toEqual([...percents].sort((a, b) => a - b))
  // playing went on while the worker computed
  const clocks = new Set(seen.map((frame) => frame.clock)).size
  expect(clocks).toBeGreaterThanOrEqual(Math.min(3, seen.length / 10))

  await playback(page).getByRole('button', { name: 'Pause' }).click()
  const events = await openDock(page, 'Events')
  await expect(events.getByRole('row').first()).toBeVisible()
})

test('another scenario on the same bench is shown whole', async ({ page }) => {
  await page.goto('./#g=no-way-out')
  await expect(page.getByRole('heading', { level: 1, name: 'No way out' })).toBeVisible()
  await page.evaluate(() => {
    location.hash = '#g=fan-out'
  })
  await expect(page.getByRole('heading', { level: 1, name: 'Fan-out' })).toBeVisible()
  const pane = (await canvas(page).boundingBox())!
  const right = async (): Promise<number> => {
    const box = await page.locator('.react-flow__node[data-id="Pack"]').boundingBox()
    return box === null ? Infinity : box.x + box.width
  }
  await expect.poll(right).toBeLessThan(pane.x + pane.width)
})
