import { test as base, expect, type Page } from '@playwright/test'

/** A page whose console must stay silent: any error or warning fails the test that caused it. */
export const test = base.extend<{ silent: void }>({
  silent: [
    async ({ context }, use) => {
      const said: string[] = []
      const listen = (page: Page): void => {
        page.on('pageerror', (error) => said.push(String(error)))
        page.on('console', (message) => {
          if (message.type() === 'error' || message.type() === 'warning') said.push(message.text())
        })
        page.on('requestfailed', (request) => {
          const error = request.failure()?.errorText
          // leaving a page cancels what it was still loading
          if (error !== 'net::ERR_ABORTED') said.push(`${request.url()}: ${error}`)
        })
      }
      context.pages().forEach(listen)
      context.on('page', listen)
      await use()
      expect(said, 'console messages').toEqual([])
    },
    { auto: true },
  ],
})

export { expect }
