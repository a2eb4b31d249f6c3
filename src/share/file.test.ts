import { describe, expect, test } from 'vitest'
import { linkAdvice } from './advice'
import { fileStem, scenarioFile } from './file'
import { ordersScenario, reversedKeys } from './samples'

describe('scenario files', () => {
  test('equal scenarios give the same file, which reads from the top', () => {
    const file = scenarioFile(ordersScenario())
    expect(scenarioFile(reversedKeys(ordersScenario()))).toEqual(file)
    expect(file.name).toBe('pizza-orders-čevabdžinica.coldstart.json')
    expect(file.text.startsWith('{\n  "coldstart": 1,\n  "name": "Pizza orders')).toBe(true)
    expect(file.text.endsWith('}\n')).toBe(true)
    expect(JSON.parse(file.text)).toEqual(ordersScenario())
  })

  test.each([
    ['Orders', 'orders'],
    ['../../etc/passwd', 'etc-passwd'],
    ['CON', 'con-scenario'],
    ['🍕', 'scenario'],
    ['', 'scenario'],
    [`${'a'.repeat(59)} b`, 'a'.repeat(59)],
  ])('%s is kept as %s', (name, stem) => {
    expect(fileStem(name)).toBe(stem)
  })
})

describe('link advice', () => {
  test('above 2000 characters suggests a file; above the limit insists', () => {
    expect(linkAdvice(2000)).toEqual({ kind: 'fits' })
    expect(linkAdvice(2001)).toMatchObject({ kind: 'long', message: expect.stringContaining('Send a file instead?') })
    expect(linkAdvice(64_001)).toMatchObject({ kind: 'too-long', message: expect.stringContaining('64000') })
  })
})
