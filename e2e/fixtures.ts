import { readFileSync } from 'node:fs'
import path from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { type BrowserContext, test as base, expect, type Page } from '@playwright/test'
import { z } from 'zod'
import { openProduct, type Product } from './product.ts'
import { type Account, openSandbox, type Sandbox } from './sandbox.ts'
import type { Person, Team } from './team.ts'

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

type OfTest = {
  /** All tests sign in from this machine: none has to wait for the wrong guesses that another one made on purpose. */
  freshAddress: undefined
  /** A workspace of this test's own. */
  team: Team
  /** An account of the sandbox of this test's own, with two jobs. */
  account: Account
  /** Makes this test's browser hers. */
  signInAs: (person: Person) => Promise<void>
}

export const test = base.extend<Options & OfTest, { stack: Stack; product: Product; sandbox: Sandbox }>({
  scripts: ['on', { option: true }],

  stack: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads which fixtures are wanted from this pattern
    async ({}, use) => {
      const file = path.resolve(import.meta.dirname, '../test-results/stack.json')
      await use(stackShape.parse(JSON.parse(readFileSync(file, 'utf8'))))
    },
    { scope: 'worker' },
  ],

  product: [
    async ({ stack }, use) => {
      const product = await openProduct(stack)
      await use(product)
      await product.close()
    },
    { scope: 'worker' },
  ],

  sandbox: [async ({ stack }, use) => use(openSandbox(stack)), { scope: 'worker' }],

  freshAddress: [
    async ({ product }, use) => {
      await product.sql`delete from rate_limits where key like 'sign-in-address%'`
      await use(undefined)
    },
    { auto: true },
  ],

  team: async ({ product }, use) => use(await product.newTeam()),

  account: async ({ sandbox }, use) => use(await sandbox.newAccount()),

  signInAs: async ({ context, stack }, use) => use(person => giveCookie(context, stack, person)),

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

/** Makes a browser somebody's. */
export async function giveCookie(
  context: BrowserContext,
  stack: Stack,
  person: Pick<Person, 'cookie'>,
): Promise<void> {
  // As over TLS: only then a browser takes a Secure cookie from a test.
  const url = stack.appUrl.replace('http:', 'https:')
  await context.addCookies([{ ...person.cookie, url, secure: true, httpOnly: true, sameSite: 'Lax' }])
}

// A policy that blocks something, a script that throws, a page that React has to make anew: each is a mistake of ours.
function collectComplaints(page: Page, scripts: Options['scripts']): string[] {
  const complaints: string[] = []
  const hear = (text: string) => !isExpected(text, scripts) && complaints.push(text)
  page.on('pageerror', error => hear(String(error)))
  page.on('console', message => message.type() === 'error' && hear(message.text()))
  return complaints
}

// Browsers write refusals that a test asked for, and scripts that a test kept away, as errors too.
const isExpected = (text: string, scripts: Options['scripts']): boolean =>
  /status of (4\d\d|503)|the server responded with a status/.test(text) ||
  // Firefox, about a font of a page that was left before it had come.
  /downloadable font: download failed.*status=2152398850/s.test(text) ||
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
  const axe = new AxeBuilder({ page: page as never })
  // All rules, at a third of the time: no page of ours has frames, and what passes is not written up.
  const { violations } = await axe
    .setLegacyMode(true)
    .options({ resultTypes: ['violations'] })
    .analyze()
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(node => node.target.join(' ')).join(', ')}`,
  )
  expect(found).toEqual([])
}
