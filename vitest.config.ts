import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    environment: 'node',
    include: ['src/**/*.test.{ts,tsx}', 'cli/**/*.test.ts', 'scripts/**/*.test.ts'],
    // property tests run hundreds of cases; two busy cores must not fail them
    testTimeout: 60_000,
  },
})
