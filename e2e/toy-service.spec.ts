/**
 * A service is its folder and one line of the registry. This copies the program aside, adds `toy/echo` and that line, builds what
 * there is to build, and looks for the toy wherever a service must show up. No other file is touched.
 */
import { execFile } from 'node:child_process'
import { appendFile, cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import type { AddressInfo } from 'node:net'
import { inspector, metric, node, palette, wire } from './bench'
import { expect, test } from './support'

test.use({ viewport: { width: 1440, height: 900 } })
test.setTimeout(120_000)

const root = join(import.meta.dirname, '..')
const COPIED = ['src', 'cli', 'public', 'scripts', 'index.html', 'package.json', 'package-lock.json', 'tsconfig.json']
const CONFIGS = ['vite.config.ts', 'vite.cli.config.ts', 'vitest.config.ts']
const run = promisify(execFile)

const SCENARIO = {
  coldstart: 1,
  name: 'Cave',
  profile: 'teaching',
  seed: 1,
  duration: 10,
  resources: {
    Hiker: {
      Type: 'Coldstart::Client',
      Behavior: { traffic: { pattern: 'repeat', every: 1, times: 8, at: 0 }, call: 'echo:Call', to: 'Cave' },
    },
    Cave: { Type: 'Toy::Echo::Cave', Properties: { Volume: 5 } },
  },
}

let folder = ''
let server: Server
let url = ''

/** Runs one of the copy's tools; resolves with what it printed, whatever its exit code. */
async function tool(...args: string[]): Promise<{ code: number; out: string }> {
  try {
    const { stdout, stderr } = await run(process.execPath, args, { cwd: folder, maxBuffer: 1e8 })
    return { code: 0, out: stdout + stderr }
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string }
    return { code, out: stdout + stderr }
  }
}

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'coldstart-toy-'))
  for (const name of [...COPIED, ...CONFIGS]) await cp(join(root, name), join(folder, name), { recursive: true })
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction')
  // kept as text: where they lie, their imports lead nowhere
  const toy = join(folder, 'src/services/echo')
  await mkdir(toy)
  for (const name of await readdir(join(root, 'e2e/toy/echo')))
    await cp(join(root, 'e2e/toy/echo', name), join(toy, name.replace(/\.txt$/, '')))
  await appendFile(join(folder, 'src/services/all.ts'), "export { echo } from './echo'\n")

  const built = await tool('node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn')
  expect(built.code, built.out).toBe(0)
  const types: { readonly [extension: string]: string } = {
    '.html': 'text/html',
    '.js': 'text/javascript',
    '.css': 'text/css',
  }
  server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    readFile(join(folder, 'dist', path === '/' ? 'index.html' : path)).then(
      (content) => response.setHeader('content-type', types[extname(path)] ?? 'text/html').end(content),
      () => response.writeHead(404).end(),
    )
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
})

test.afterAll(async () => {
  server?.close()
  await rm(folder, { recursive: true, force: true })
})

test.describe.configure({ mode: 'serial' })

test('the command line checks and runs a toy service', async () => {
  const file = join(folder, 'cave.json')
  await writeFile(file, JSON.stringify(SCENARIO))
  const valid = await tool('cli/launch.mjs', 'validate', file, '--json')
  expect(JSON.parse(valid.out)).toMatchObject({ result: 'ok' })
  const query = '[{"m":"successes","of":"Hiker"},{"m":"failures","of":"Hiker"}]'
  const ran = await tool('cli/launch.mjs', 'run', file, '--json')
  expect(ran.code, ran.out).toBe(0)
  expect(ran.out, query).toMatch(/Successes/)
  const metrics = JSON.stringify(JSON.parse(ran.out))
  expect(metrics).toContain('Hiker')

  await writeFile(file, JSON.stringify(SCENARIO).replace('"Volume":5', '"Volume":12'))
  const wrong = await tool('cli/launch.mjs', 'validate', file, '--json')
  expect(wrong.code).toBe(1)
  const { problems } = JSON.parse(wrong.out) as { problems: { path: string; message: string }[] }
  expect(problems).toHaveLength(1)
  expect(problems[0]?.path).toBe('/resources/Cave/Properties/Volume')
  expect(problems[0]?.message).toMatch(/Volume.*11.*12|Volume.*12.*11/)
})

test('its own test, the types and the architecture hold', async () => {
  const tests = await tool('node_modules/vitest/vitest.mjs', 'run', 'src/services/echo', 'src/architecture.test.ts')
  expect(tests.code, tests.out).toBe(0)
  const types = await tool('node_modules/typescript/bin/tsc', '-p', 'tsconfig.json')
  expect(types.out.split('\n').filter((line) => line.includes('services/echo'))).toEqual([])
})

test('the page has it in palette, inspector, docs and validation, and runs it', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto(url)
  await page.getByRole('button', { name: /^Start with an empty canvas/ }).click()
  await palette(page).getByRole('searchbox', { name: 'Find a service to place' }).fill('cave')
  await palette(page).getByRole('button', { name: 'Cave' }).click()
  await expect(node(page, 'Cave')).toBeVisible()

  // the form follows from the schema
  const volume = inspector(page).getByRole('spinbutton', { name: 'Volume' })
  await expect(volume).toHaveValue('5')
  await expect(inspector(page).getByRole('spinbutton', { name: 'Delay' })).toBeVisible()
  await inspector(page).getByRole('button', { name: 'About Volume' }).click()
  await expect(inspector(page)).toContainText('A whisper does not come back.')
  await volume.fill('12')
  await volume.press('Enter')
  await expect(inspector(page)).toContainText(/Volume.*11/)
  await volume.press('Escape')

  // and the docs from the guide
  await inspector(page).getByRole('tab', { name: 'Docs' }).click()
  await expect(inspector(page)).toContainText('Real caves answer more than once.')
  await expect(inspector(page)).toContainText('How long an echo takes')

  // as code: a client that calls into it, and a value that is too large
  await page.getByRole('button', { name: 'Untitled', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Edit as code' }).click()
  const text = page.getByRole('textbox', { name: /^Scenario as text/ })
  await expect(page.getByRole('code')).toContainText('coldstart: 1', { useInnerText: true })
  const paste = async (scenario: string): Promise<void> => {
    await page.evaluate((copied) => navigator.clipboard.writeText(copied), scenario)
    await text.focus()
    await page.keyboard.press('ControlOrMeta+A')
    await page.keyboard.press('ControlOrMeta+V')
  }
  await paste(JSON.stringify(SCENARIO))
  await expect(wire(page, 'Hiker', 'Cave')).toBeAttached()
  await expect.poll(() => metric(page, 'Hiker', 'Successes', 'Sum')).toBe('8')
  await paste(JSON.stringify(SCENARIO).replace('"Volume":5', '"Volume":2'))
  await expect.poll(() => metric(page, 'Hiker', 'Failures', 'Sum')).toBe('8')
  await paste(JSON.stringify(SCENARIO).replace('"Volume":5', '"Volume":12'))
  await expect(page.getByRole('region', { name: 'Code' })).toContainText(/Volume.*11/)
})
