import type { Locator, Page } from '@playwright/test'
import {
  clock,
  computed,
  dock,
  drawn,
  inspector,
  metricsTable,
  node,
  notifications,
  palette,
  places,
  playback,
  settled,
  wire,
} from './bench'
import { expect, test } from './support'

test.use({ viewport: { width: 1440, height: 900 } })

/** Goes to a control as the Tab key does, forwards or back. */
async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let i = 0; i < 120; i++) {
    if (await target.evaluate((element) => element === document.activeElement).catch(() => false)) return
    await page.keyboard.press(key)
  }
  await expect(target).toBeFocused()
}

async function find(page: Page, name: string): Promise<void> {
  await page.keyboard.press('/')
  const search = palette(page).getByRole('searchbox', { name: 'Find a service to place' })
  await expect(search).toBeFocused()
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type(name)
  await page.keyboard.press('Enter')
  await expect(node(page, name)).toBeAttached()
  await search.press('ControlOrMeta+A')
  await page.keyboard.press('Delete')
  // out of the field, so that letters are commands again
  await page.keyboard.press('Tab')
}

/** With the focus on the node: W, the target's name, Enter. */
async function connect(page: Page, from: string, to: string): Promise<void> {
  await expect(node(page, from)).toBeFocused()
  await page.keyboard.press('w')
  const dialog = page.getByRole('dialog', { name: `Connect ${from} to` })
  await expect(dialog.getByRole('combobox', { name: `Target of a wire from ${from}` })).toBeFocused()
  await page.keyboard.type(to)
  await expect(page.getByRole('option', { name: new RegExp(`^${to}`) }).first()).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(dialog).toHaveCount(0)
  await expect(wire(page, from, to)).toBeAttached()
  await expect(node(page, from)).toBeFocused()
}

test('draws a system with the keyboard, runs it, explains a cold start, undoes, and shares the same picture', async ({
  page,
  elsewhere,
}) => {
  await page.goto('./')
  await tabTo(page, page.getByRole('button', { name: /^Start with an empty canvas/ }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Place these three' })).toBeVisible()

  await test.step('place', async () => {
    await page.keyboard.press('c')
    await page.keyboard.press('q')
    await page.keyboard.press('f')
    for (const name of ['Client', 'Queue', 'Function']) await expect(node(page, name)).toBeVisible()
    await find(page, 'Table')
    await find(page, 'VPC')
    // the chosen container takes what is placed next
    await find(page, 'Subnet')
    await expect(node(page, 'zone a')).toBeAttached()
  })

  await test.step('connect', async () => {
    await tabTo(page, node(page, 'Subnet'))
    await page.keyboard.press('Home')
    await expect(node(page, 'Client')).toBeFocused()
    await connect(page, 'Client', 'Queue')
    // a bracket goes to the wire, the next one to its end
    await page.keyboard.press(']')
    await expect(wire(page, 'Client', 'Queue')).toBeFocused()
    await page.keyboard.press(']')
    await connect(page, 'Queue', 'Function')
    await page.keyboard.press(']')
    await page.keyboard.press(']')
    await connect(page, 'Function', 'Table')
    await page.keyboard.press('[')
    await page.keyboard.press('[')
    await expect(node(page, 'Queue')).toBeFocused()
  })

  await test.step('select, move, rename, delete, undo', async () => {
    const before = await places(page, ['Client', 'Queue', 'Function'])
    await page.keyboard.press('Space')
    for (let i = 0; i < 8; i++) await page.keyboard.press('Shift+ArrowLeft')
    await expect
      .poll(async () => (await places(page, ['Client', 'Queue']))['Queue']?.x)
      .toBeLessThan(before['Queue']!.x)
    await page.keyboard.press('F2')
    await page.keyboard.type('Orders')
    await page.keyboard.press('Enter')
    await expect(node(page, 'Orders')).toBeFocused()
    await page.keyboard.press('Delete')
    await expect(node(page, 'Orders')).toHaveCount(0)
    await page.keyboard.press('ControlOrMeta+z')
    await expect(node(page, 'Orders')).toBeAttached()
    await expect(wire(page, 'Client', 'Orders')).toBeAttached()
    await expect(wire(page, 'Orders', 'Function')).toBeAttached()
  })

  await test.step('put the function into the subnet', async () => {
    // deleting and undoing took the focus away: back by Tab, then along the wires
    // of the palette one service takes the focus, wherever the arrow keys were last
    const services = page.getByRole('toolbar', { name: 'Services to place' })
    await tabTo(page, services.locator('[tabindex="0"]'))
    await page.keyboard.press('End')
    await expect(services.getByRole('button').last()).toBeFocused()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Home')
    for (let i = 0; i < 4; i++) await page.keyboard.press(']')
    await expect(node(page, 'Function')).toBeFocused()
    await page.keyboard.press('Shift+F10')
    const menu = page.getByRole('menu').first()
    await expect(menu).toBeVisible()
    await page.keyboard.press('p')
    await expect(menu.getByRole('menuitem', { name: 'Place in' })).toBeFocused()
    await page.keyboard.press('ArrowRight')
    const into = page.getByRole('menuitem', { name: /^Subnet/ })
    await expect(into).toBeVisible()
    for (let i = 0; i < 6 && !(await into.evaluate((item) => item === document.activeElement)); i++)
      await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect(notifications(page)).toContainText('Moved Function into Subnet')
    await expect(node(page, 'ENI')).toBeAttached()
  })

  await test.step('run, and find the first cold start', async () => {
    await expect(node(page, 'Function')).toBeFocused()
    // the first Space chooses the node it stands on, the next one plays
    await page.keyboard.press('Escape')
    await page.keyboard.press('Space')
    await page.keyboard.press('Space')
    await expect(playback(page).getByRole('button', { name: 'Pause' })).toBeVisible()
    await expect.poll(() => clock(page)).not.toMatch(/^00:00\.0/)
    await page.keyboard.press('Space')
    await expect(playback(page).getByRole('button', { name: 'Play', exact: true })).toBeVisible()
    const later = await clock(page)
    for (let i = 0; i < 3 && (await clock(page)) !== '00:00.000'; i++) await page.keyboard.press('Shift+J')
    await expect.poll(() => clock(page)).toBe('00:00.000')
    expect(later).not.toBe('00:00.000')
  })

  await test.step('explain it', async () => {
    await tabTo(page, dock(page).getByRole('tab', { name: 'Timeline' }))
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    const grid = dock(page).getByRole('grid', { name: 'Events' })
    await tabTo(page, grid)
    const row = grid.getByRole('row', { selected: true }).filter({ hasText: 'is being provisioned: a cold start' })
    for (let i = 0; i < 40 && (await row.count()) === 0; i++) await page.keyboard.press(i < 8 ? 'ArrowUp' : 'ArrowDown')
    await expect(row).toHaveCount(1)
    await page.keyboard.press('?')
    const why = inspector(page).getByRole('list', { name: 'Why? Function e1 is being provisioned' })
    await expect(why.getByRole('listitem').last()).toContainText('a cold start')
    await expect(why).toContainText('No idle environment of Function was free')
  })

  await test.step('undo and redo', async () => {
    await page.keyboard.press('ControlOrMeta+z')
    await expect(node(page, 'ENI')).toHaveCount(0)
    await page.keyboard.press('ControlOrMeta+Shift+z')
    await expect(node(page, 'ENI')).toBeAttached()
    await computed(page)
  })

  await test.step('share', async () => {
    for (let i = 0; i < 6; i++) await page.keyboard.press('.')
    const at = await clock(page)
    expect(at).not.toBe('00:00.000')
    const picture = await settled(page)
    const names = ['Client', 'Orders', 'Function', 'Table', 'Vpc', 'Subnet']
    const stands = await places(page, names)
    await tabTo(page, page.getByRole('button', { name: 'Share' }), 'Shift+Tab')
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Share this scenario' })
    await expect(dialog).toBeVisible()
    const field = dialog.getByRole('textbox', { name: /^Link/ })
    await tabTo(page, field)
    const link = await field.inputValue()
    await page.keyboard.press('Escape')
    await expect(dialog).toHaveCount(0)
    await expect(page.getByRole('button', { name: 'Share' })).toBeFocused()

    const theirs = await elsewhere.newPage()
    await theirs.goto(link)
    await expect.poll(() => clock(theirs)).toBe(at)
    await computed(theirs)
    await expect.poll(() => drawn(theirs)).toEqual(picture)
    expect(await places(theirs, names)).toEqual(stands)
    expect(await metricsTable(theirs)).toBe(await metricsTable(page))
    await tabTo(theirs, theirs.getByRole('main').getByRole('button', { name: 'Run' }))
    await theirs.keyboard.press('Enter')
    await expect.poll(() => clock(theirs)).not.toBe(at)
  })
})
