import type { Page } from '@playwright/test'
import { expect, expectAccessible, expectMode, test } from './fixtures.ts'
import { linkJob, next, openWizard } from './walk/walk.ts'

const mariana = 'mariana@larkfield.example'
const oneAccount = 'grace@acme.example'

/** From a position's settings to the screen of the sign-in. */
async function walkToSignIn(page: Page, position: { path: string }): Promise<void> {
  await page.goto(`${position.path}/settings`)
  await openWizard(page)
  await page.getByRole('button', { name: /^Workable sandbox/ }).click()
  await page.waitForURL('**/how')
  await page.getByRole('button', { name: /^Sign in with Workable/ }).click()
  await page.waitForURL('**/admin')
  await expect(page.getByText('Who signs in decides what can be seen.', { exact: false })).toBeVisible()
  await page.getByRole('button', { name: /^I sign in myself/ }).click()
  await page.waitForURL('**/permissions')
  await next(page).click()
  await page.waitForURL('**/sign-in')
}

const start = (page: Page) => page.getByRole('button', { name: /^Sign in (with Workable|once more)$/ })
const use = (page: Page) => page.getByRole('button', { name: 'Use this account' })

/** What she does over there, in whatever window it is. */
async function consent(there: Page, email: string, decision: 'Allow' | 'Deny' = 'Allow'): Promise<void> {
  await there.waitForURL(/\/oauth\//)
  const address = there.locator('input[name=email]')
  if (await address.isVisible()) {
    await address.fill(email)
    await address.press('Enter')
  }
  await there.getByRole('button', { name: decision, exact: true }).click()
}

/** Chooses the job, and is connected. */
async function finish(page: Page, reload = false): Promise<void> {
  await page.waitForURL('**/job')
  const link = page.getByRole('button', { name: 'Link this job' })
  await expect(async () => {
    if (reload && !(await link.isVisible())) await page.reload()
    await expect(link).toBeVisible({ timeout: reload ? 500 : 20_000 })
  }).toPass({ timeout: 25_000 })
  await linkJob(page, /./)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Connected. The position is linked.')
}

test('a recruiter signs in with Workable in this tab, on a phone @firefox @no-js', async ({
  page,
  team,
  product,
  sandbox,
  signInAs,
  scripts,
}) => {
  await product.newOAuthApp(team, sandbox)
  await signInAs(team.people.recruiter)
  await page.setViewportSize({ width: 390, height: 844 })
  await walkToSignIn(page, await product.newPosition(team, 'Account Manager'))
  await expectMode(page, scripts)
  await start(page).click()
  await consent(page, oneAccount)
  await page.waitForURL('**/account')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Is this the account?')
  await expect(page.getByRole('radio', { checked: true })).toHaveCount(1)
  expect(await product.connectionsOf(team)).toEqual([])
  await use(page).click()
  await finish(page, scripts === 'off')
  expect(await product.connectionsOf(team)).toMatchObject([
    { way: 'oauth', subdomain: 'acme', status: 'active' },
  ])
})

test('in a window: the wizard waits, knows by itself, and of two accounts she chooses @firefox', async ({
  page,
  team,
  product,
  sandbox,
  signInAs,
}) => {
  await product.newOAuthApp(team, sandbox)
  await signInAs(team.people.owner)
  await walkToSignIn(page, await product.newPosition(team, 'Baker'))
  const opening = page.waitForEvent('popup')
  await start(page).click()
  const there = await opening
  await expect(page.getByRole('heading', { level: 1, name: 'Finish in the Workable window' })).toBeVisible()
  await expectAccessible(page)
  const closed = there.waitForEvent('close')
  await consent(there, mariana)
  await page.waitForURL('**/account')
  await closed
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Which account has the job?')
  expect(await page.getByRole('radio', { checked: true }).count(), 'nothing is chosen silently').toBe(0)
  await use(page).click()
  await expect(page.getByText('Choose an account of the list.')).toBeVisible()
  await page.getByRole('radio', { name: /^Larkfield Nederland/ }).check()
  await use(page).click()
  await finish(page)
  expect(await product.connectionsOf(team)).toMatchObject([{ way: 'oauth', subdomain: 'larkfield-nl' }])
})

test('denied, and closed: each is said at once, and offered again', async ({
  page,
  team,
  product,
  sandbox,
  signInAs,
}) => {
  await product.newOAuthApp(team, sandbox)
  await signInAs(team.people.owner)
  await walkToSignIn(page, await product.newPosition(team, 'Baker'))
  const first = page.waitForEvent('popup')
  await start(page).click()
  await consent(await first, oneAccount, 'Deny')
  await expect(page.getByText('It was not allowed in Workable')).toBeVisible()
  const second = page.waitForEvent('popup')
  await start(page).click()
  const there = await second
  await there.waitForURL(/\/oauth\//)
  await there.close()
  await expect(
    page.getByRole('heading', { name: 'The window is closed, and there is no answer yet' }),
  ).toBeVisible({
    timeout: 3_000,
  })
  const third = page.waitForEvent('popup')
  await page.getByRole('button', { name: 'Open it again' }).click()
  await consent(await third, oneAccount)
  await page.waitForURL('**/account')
  expect(await product.connectionsOf(team)).toEqual([])
})

test('A-086 the window that loses its opener, and the wizard that hears no message, still end in the right screen', async ({
  page,
  team,
  product,
  sandbox,
  signInAs,
}) => {
  await product.newOAuthApp(team, sandbox)
  await signInAs(team.people.owner)
  await walkToSignIn(page, await product.newPosition(team, 'Baker'))
  // Neither the message nor the channel arrives: only asking the server is left.
  await page.evaluate(() => {
    window.addEventListener('message', event => event.stopImmediatePropagation(), { capture: true })
    Object.defineProperty(BroadcastChannel.prototype, 'onmessage', { set: () => {} })
  })
  const opening = page.waitForEvent('popup')
  await start(page).click()
  const there = await opening
  await there.waitForURL(/\/oauth\//)
  await there.evaluate(() => {
    window.opener = null
  })
  await consent(there, oneAccount)
  await page.waitForURL('**/account', { timeout: 5_000 })
})

test('A-001, A-007, A-035 a callback of nobody is a small page of ours: no cookie, no code left, no other site', async ({
  page,
  stack,
  team,
  product,
  sandbox,
  signInAs,
}) => {
  const appId = await product.newOAuthApp(team, sandbox)
  await signInAs(team.people.owner)
  const outside: string[] = []
  page.on('request', request => {
    if (!request.url().startsWith(stack.appUrl)) outside.push(request.url())
  })
  const answer = await page.goto(`/api/oauth/${appId}/callback?code=code-of-nobody&state=state-of-nobody`)
  expect(answer?.status()).toBe(400)
  expect(answer?.headers()).toMatchObject({ 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' })
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This sign-in is not one of yours')
  expect(outside).toEqual([])
})
