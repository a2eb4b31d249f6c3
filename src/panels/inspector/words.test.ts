import { expect, test } from 'vitest'
import { supportWords } from './words'

test('a runtime says how long AWS supports it, or since when it does not', () => {
  expect(supportWords('nodejs24.x')).toBe('supported until 2028-04-30')
  expect(supportWords('nodejs20.x')).toBe('deprecated since 2026-04-30')
  expect(supportWords('python3.9')).toBe('retired since 2025-12-15')
  expect(supportWords('cobol85')).toBe('')
})
