import { readFileSync } from 'node:fs'
import path from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { test as base, expect, type Page } from '@playwright/test'
import { z } from 'zod'

/** How a project drives its browser. */
export type Options = { scripts: 'on' | 'off' }

const stackShape = z.object({
  appUrl: z.string(),
  sandboxOrigin: z.string(),
  databaseUrl: z.string(),
  /** Directory with `server.log`, `worker.log` and `sandbox.log`. */
  logs: z.string(),
  setUpUrl: z.string().optional(),
  env: z.record(z.string(), z.string()),
})

/** What runs for this run of tests: addresses, database, logs, and the environment of its processes. */
export type Stack = z.infer<typeof stackShape>

export const test = base.extend<Options, { stack: Stack }>({
  scripts: ['on', { option: true }],

  stack: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads which fixtures are wanted from this pattern
    async ({}, use) => {
      const file = path.resolve(import.meta.dirname, '../test-results/stack.json')
      await use(stackShape.parse(JSON.parse(readFileSync(file, 'utf8'))))
    },
    { scope: 'worker' },
  ],

  page: async ({ page, scripts, browserName }, use) => {
    if (scripts === 'off' && browserName === 'firefox') {
      await page.route('**/_next/static/**/*.js*', route => route.abort())
    }
    const complaints = collectComplaints(page, scripts)
    await use(page)
    expect(complaints, 'the browser complains').toEqual([])
  },
})

export { expect }

// A policy that blocks something, a script that throws, a page that React has to make anew: each is a mistake of ours.
function collectComplaints(page: Page, scripts: Options['scripts']): string[] {
  const complaints: string[] = []
  page.on('pageerror', error => complaints.push(String(error)))
  page.on('console', message => {
    const text = message.text()
    if (message.type() !== 'error' || isExpected(text, scripts)) return
    complaints.push(text)
  })
  return complaints
}

// Browsers write refusals that a test asked for, and scripts that a test kept away, as errors too.
const isExpected = (text: string, scripts: Options['scripts']): boolean =>
  /status of (4\d\d|503)|the server responded with a status/.test(text) ||
  // Firefox, about a font of a page that was left before it had come.
  /downloadable font: download failed.* status=2152398850/.test(text) ||
  (scripts === 'off' && /ERR_FAILED|Loading failed|NS_ERROR/.test(text))

/** Holds that this page's scripts run, or do not, as the project says: a test without JavaScript asks this first. */
export async function expectMode(page: Page, scripts: Options['scripts']): Promise<void> {
  // Next's client names itself on the window as soon as it starts.
  const ran = () => page.evaluate(() => 'next' in window)
  await page.waitForLoadState('load')
  await expect.poll(ran, 'scripts run in this page').toBe(scripts === 'on')
}

/** Holds that axe finds nothing on the page as it is (WCAG 2.2 A and AA, and best practices). axe itself needs JavaScript. */
export async function expectAccessible(page: Page): Promise<void> {
  // The same class from two copies of one package, which the compiler holds apart.
  const { violations } = await new AxeBuilder({ page: page as never }).analyze()
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(node => node.target.join(' ')).join(', ')}`,
  )
  expect(found).toEqual([])
}
