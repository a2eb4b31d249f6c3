import { test as base, expect, type BrowserContext } from '@playwright/test'

interface Fixtures {
  /** What consoles of all pages said. Must stay empty: any error, warning or failed request fails the test that caused it. */
  said: string[]
  /** The browser profile of somebody else: no storage shared with `context`, its console under the same rule. */
  elsewhere: BrowserContext
}

export const test = base.extend<Fixtures>({
  said: [
    async ({ context }, provide) => {
      const said: string[] = []
      listen(context, said)
      await provide(said)
      expect(said, 'console messages').toEqual([])
    },
    { auto: true },
  ],
  elsewhere: async ({ browser, said }, provide) => {
    const context = await browser.newContext()
    listen(context, said)
    await provide(context)
    await context.close()
  },
})

function listen(context: BrowserContext, said: string[]): void {
  context.on('weberror', (error) => said.push(String(error.error())))
  context.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') said.push(message.text())
  })
  context.on('requestfailed', (request) => {
    const error = request.failure()?.errorText
    // leaving a page cancels what it was still loading
    if (error !== 'net::ERR_ABORTED') said.push(`${request.url()}: ${error}`)
  })
}

export { expect }
