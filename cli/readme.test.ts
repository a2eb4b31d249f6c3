import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { gate } from '../src/gate/text'

const root = join(import.meta.dirname, '..')
const readme = readFileSync(join(root, 'README.md'), 'utf8')
const queries = readFileSync(join(root, 'docs/queries.md'), 'utf8')
const events = readFileSync(join(root, 'docs/events.md'), 'utf8')
const blocks = (language: string, text = readme): string[] =>
  [...text.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map((match) => match[1]!)

const commandsOf = (text: string): string[] =>
  blocks('sh', text).flatMap((block) =>
    block
      .trim()
      .split('\n')
      .filter((line) => !line.startsWith('#')),
  )
const commands = commandsOf(readme)

test.each(commandsOf(queries))('docs/queries.md: %s', (command) => {
  const output = execFileSync('bash', ['-c', command], { cwd: root, encoding: 'utf8', timeout: 120_000 })
  expect(JSON.parse(output)).toMatchObject([{ value: expect.any(Number) }, { value: expect.any(Number) }])
})

test.each(commandsOf(events))('docs/events.md: %s', (command) => {
  const output = execFileSync('bash', ['-c', command], { cwd: root, encoding: 'utf8', timeout: 120_000 })
  expect(output.length).toBeGreaterThan(0)
})

describe('the README', () => {
  // `npm ci`, `npm start` and `npm test` are what CI and the browser tests do themselves
  test.each(commands.filter((command) => command.startsWith('npm run')))(
    '%s',
    (command) => {
      const output = execFileSync('bash', ['-c', command], { cwd: root, encoding: 'utf8', timeout: 120_000 })
      expect(output.length).toBeGreaterThan(0)
    },
    120_000,
  )
  test('has only commands that this test or CI runs', () => {
    expect(commands.filter((command) => !command.startsWith('npm run'))).toEqual([
      'npm ci && npm start',
      'npm ci && npm test',
    ])
  })
  test.each(blocks('yaml'))('shows a scenario that the gate lets pass', (text) => {
    expect(gate(text)).toMatchObject({ ok: true })
  })
})
