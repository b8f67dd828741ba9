import type { Page, Request } from '@playwright/test'
import { expect, expectAccessible, expectMode, test } from './fixtures.ts'
import {
  consent,
  enter,
  finish,
  opened,
  signOutThere,
  start,
  title,
  use,
  walkToSignIn,
} from './walk/sign-in.ts'

const mariana = 'mariana@larkfield.example'
const oneAccount = 'grace@acme.example'
const noAccount = 'fergus@dunmore.example'

/** Collects where requests say that they come from. */
function refererOf(page: Page): () => Promise<string[]> {
  const requests: Request[] = []
  page.on('request', request => requests.push(request))
  return async () => {
    const all = await Promise.all(requests.map(request => request.allHeaders().catch(() => undefined)))
    return all.flatMap(headers => headers?.referer ?? [])
  }
}

/** Every address that Back can lead to; Chromium alone tells. */
async function historyOf(page: Page): Promise<string[]> {
  const devtools = await page.context().newCDPSession(page)
  const { entries } = await devtools.send('Page.getNavigationHistory')
  return entries.map(({ url }) => url)
}

test('a recruiter signs in with Workable in this tab, on a phone; no code is left behind @firefox @no-js', async ({
  page,
  team,
  product,
  sandbox,
  signInAs,
  scripts,
  browserName,
}) => {
  await product.newOAuthApp(team, sandbox)
  await signInAs(team.people.recruiter)
  await page.setViewportSize({ width: 390, height: 844 })
  await walkToSignIn(page, await product.newPosition(team, 'Account Manager'))
  await expectMode(page, scripts)
  const referers = refererOf(page)
  await start(page).click()
  await consent(page, oneAccount)
  await page.waitForURL('**/account')
  await expect(title(page)).toHaveText('Is this the account?')
  await expect(page.getByRole('radio', { checked: true })).toHaveCount(1)
  expect(await product.connectionsOf(team)).toEqual([])
  // Taken out with: the clean address in `onwards` of the callback's route, and its `no-referrer`.
  expect((await referers()).filter(each => each.includes('/callback?'))).toEqual([])
  if (browserName === 'chromium')
    expect((await historyOf(page)).filter(each => each.includes('/callback'))).toEqual([])
  await use(page).click()
  await page.waitForURL('**/job')
  await page.goBack()
  await page.waitForURL('**/job')
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
  await page.goto(`${await product.newWalkAtSignIn(team, 'owner')}/sign-in`)
  const there = await opened(page)
  await expect(page.getByRole('heading', { level: 1, name: 'Finish in the Workable window' })).toBeVisible()
  await expectAccessible(page)
  const closed = there.waitForEvent('close')
  const gone: string[] = []
  page.on('request', request => request.isNavigationRequest() && gone.push(request.url()))
  await consent(there, mariana)
  await page.waitForURL('**/account')
  await closed
  // Taken out with: `leaving` in `components/wizard/sign-in-window.tsx`.
  expect(gone, 'message and channel both told, and it went once').toHaveLength(1)
  await expect(title(page)).toHaveText('Which account has the job?')
  expect(await page.getByRole('radio', { checked: true }).count(), 'nothing is chosen silently').toBe(0)
  await use(page).click()
  await expect(page.getByText('Choose one of these accounts.')).toBeVisible()
  await page.getByRole('radio', { name: /^Larkfield Nederland/ }).check()
  await use(page).dblclick()
  await finish(page)
  expect(await product.connectionsOf(team)).toMatchObject([{ way: 'oauth', subdomain: 'larkfield-nl' }])
})

test('denied, closed at either step, and in no account: each is said at once, and offered again', async ({
  page,
  team,
  product,
  sandbox,
  signInAs,
}) => {
  await product.newOAuthApp(team, sandbox)
  await signInAs(team.people.owner)
  await page.goto(`${await product.newWalkAtSignIn(team, 'owner')}/sign-in`)
  await consent(await opened(page), oneAccount, 'Deny')
  await expect(page.getByText('It was not allowed in Workable')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Use a key instead' })).toHaveAttribute('href', /\/how$/)
  await expectAccessible(page)
  await signOutThere(page)
  const again = page.getByRole('button', { name: 'Open it again' })
  const isClosed = () =>
    expect(
      page.getByRole('heading', { name: 'The window is closed, and there is no answer yet' }),
    ).toBeVisible({ timeout: 3_000 })
  const before = await opened(page)
  await before.close()
  await isClosed()
  const within = await opened(page, again)
  await enter(within, noAccount)
  await within.close()
  await isClosed()
  await signOutThere(page)
  await consent(await opened(page, again), noAccount)
  await page.waitForURL('**/account')
  await expect(title(page)).toHaveText('Workable lists no account for you')
  await expectAccessible(page)
  await signOutThere(page)
  await page.getByRole('link', { name: 'Sign in as somebody else' }).click()
  await page.waitForURL('**/sign-in')
  await consent(await opened(page), oneAccount)
  await page.waitForURL('**/account')
  expect(await product.connectionsOf(team)).toEqual([])
})

test('F-34 the wizard was loaded anew meanwhile: the window goes on by itself, and both of them make one connection', async ({
  page,
  team,
  product,
  sandbox,
  signInAs,
}) => {
  await product.newOAuthApp(team, sandbox)
  await signInAs(team.people.owner)
  await page.goto(`${await product.newWalkAtSignIn(team, 'owner')}/sign-in`)
  const there = await opened(page)
  await page.reload()
  await consent(there, oneAccount)
  await there.waitForURL('**/account')
  await page.reload()
  await page.getByRole('link', { name: 'Go on to the accounts' }).click()
  await page.waitForURL('**/account')
  await Promise.all([use(page).click(), use(there).click()])
  await Promise.all([page.waitForURL('**/job'), there.waitForURL('**/job')])
  expect(await product.connectionsOf(team)).toMatchObject([{ way: 'oauth', subdomain: 'acme' }])
})

test('A-086, F-34 a window that loses its opener, and a wizard that hears nothing and was cut off, still end in the right screen', async ({
  page,
  team,
  product,
  sandbox,
  signInAs,
}) => {
  await product.newOAuthApp(team, sandbox)
  await signInAs(team.people.owner)
  await page.goto(`${await product.newWalkAtSignIn(team, 'owner')}/sign-in`)
  // Neither the message nor the channel arrives: only asking the server is left.
  await page.evaluate(() => {
    window.addEventListener('message', event => event.stopImmediatePropagation(), { capture: true })
    Object.defineProperty(BroadcastChannel.prototype, 'onmessage', { set: () => {} })
  })
  const there = await opened(page)
  await there.evaluate(() => {
    window.opener = null
  })
  let refused = 0
  await page.route('**/sign-in/state?*', route => {
    refused += 1
    return route.fulfill({ status: 503 })
  })
  await consent(there, oneAccount)
  await expect.poll(() => refused).toBeGreaterThan(1)
  await page.unroute('**/sign-in/state?*')
  await page.waitForURL('**/account', { timeout: 3_000 })
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
  await expect(title(page)).toHaveText('This sign-in is not one of yours')
  expect(outside).toEqual([])
})
