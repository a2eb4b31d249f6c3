import { defineConfig } from 'vitest/config'

/** Files that look at what a module holds when it was only just loaded. */
const FRESH = ['src/worker/services.test.ts']

const test = {
  environment: 'node',
  // property tests run hundreds of cases; two busy cores must not fail them
  testTimeout: 60_000,
} as const

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...test,
          name: 'shared',
          include: ['src/**/*.test.{ts,tsx}', 'cli/**/*.test.ts', 'scripts/**/*.test.ts'],
          exclude: FRESH,
          // most of the time went into loading the same modules anew for every file
          isolate: false,
        },
      },
      { test: { ...test, name: 'fresh', include: FRESH } },
    ],
  },
})
