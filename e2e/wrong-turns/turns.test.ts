import { expect, test } from '../fixtures.ts'
import { password } from '../team.ts'
import {
  awaitDoctor,
  chooseAndAllow,
  completeConnection,
  giveKey,
  giveSubdomain,
  itWorks,
  linkJob,
  next,
  openWizard,
} from '../walk/walk.ts'

const heading = 'h1'

test('Back, forward and reload are safe on every screen of the walk', async ({
  page,
  team,
  account,
  product,
  sandbox,
  signInAs,
}) => {
  await signInAs(team.people.recruiter)
  const position = await product.newPosition(team, 'Baker')
  const steps = [
    () => page.goto(`${position.path}/settings`).then(() => openWizard(page)),
    () => page.getByRole('button', { name: /^Workable sandbox/ }).click(),
    () => page.getByRole('button', { name: /^Use my API key/ }).click(),
    () => page.getByRole('button', { name: /^I am an admin/ }).click(),
    () => next(page).click(),
    () => giveSubdomain(page, account.subdomain),
    async () => giveKey(page, (await sandbox.token(account.subdomain)).token),
    () => completeConnection(page),
    () => linkJob(page, /^Baker/),
  ]
  for (const step of steps) {
    const before = page.url()
    await step()
    await page.waitForURL(url => url.href !== before)
    const here = page.url()
    // While it still checks, the page asks for itself anew, and a Back at that very moment may lose against it.
    if (here.endsWith('/check')) await awaitDoctor(page, itWorks)
    await page.goBack()
    await expect(page.locator(heading)).not.toHaveText(/(Our mistake|could not be read)/)
    // A Forward that comes on the heels of a Back is lost at times, by the browser.
    await expect(async () => {
      if (page.url() !== here) await page.goForward()
      expect(page.url()).toBe(here)
    }).toPass({ timeout: 20_000 })
    // The doctor's page reloads by itself as well: two reloads at once end one of them.
    await expect(() => page.reload()).toPass({ timeout: 20_000 })
    if (!here.endsWith('/check')) await expect(page).toHaveURL(here)
  }
  expect(await product.connectionsOf(team)).toHaveLength(1)
  await expect(page.locator(heading)).toHaveText('Connected. The position is linked.')
})

test('two tabs on one walk: the slower one is led to where the walk stands', async ({
  page,
  context,
  team,
  account,
  product,
  sandbox,
  signInAs,
}) => {
  await signInAs(team.people.recruiter)
  const walk = await product.newWalkAtKey(team, account)
  await page.goto(`${walk}/enter/api_key`)
  await giveKey(page, (await sandbox.token(account.subdomain)).token)
  await awaitDoctor(page, itWorks)
  const other = await context.newPage()
  await other.goto(`${walk}/check`)
  await expect(other.locator(heading)).toHaveText(itWorks)
  await completeConnection(page)
  await next(other).click()
  await other.waitForURL('**/job')
  expect(await product.connectionsOf(team)).toHaveLength(1)
  await other.close()
})

// The defence: the walk's row is held while a step is taken (`readWalk` with `lock`).
test('a double click, and two presses sent at once past the page, make one connection', async ({
  page,
  team,
  account,
  product,
  sandbox,
  signInAs,
  stack,
}) => {
  await signInAs(team.people.recruiter)
  const walk = await product.newWalkAtKey(team, account)
  await page.goto(`${walk}/enter/api_key`)
  await giveKey(page, (await sandbox.token(account.subdomain)).token)
  await awaitDoctor(page, itWorks)
  const press = () =>
    page.request.post(`${walk}/check/confirm`, {
      form: {},
      headers: { origin: stack.appUrl },
      maxRedirects: 0,
    })
  const [, ...answers] = await Promise.all([next(page).dblclick(), press(), press()])
  expect(answers.map(answer => answer.status())).toEqual([303, 303])
  await page.waitForURL('**/job')
  expect(await product.connectionsOf(team)).toHaveLength(1)
})

test('closed and opened again elsewhere, the walk goes on where it stood', async ({
  page,
  browser,
  team,
  account,
  product,
  signInAs,
  stack,
}) => {
  await signInAs(team.people.recruiter)
  const position = await product.newPosition(team, 'Baker')
  await page.goto(`${position.path}/settings`)
  await openWizard(page)
  await chooseAndAllow(page)
  await giveSubdomain(page, account.subdomain)
  const elsewhere = await browser.newContext({ baseURL: stack.appUrl })
  const cookie = await product.cookieOf(team.people.recruiter.userId)
  const url = stack.appUrl.replace('http:', 'https:')
  await elsewhere.addCookies([{ ...cookie, url, secure: true, httpOnly: true, sameSite: 'Lax' }])
  const there = await elsewhere.newPage()
  await there.goto(`${position.path}/settings`)
  await there.getByRole('button', { name: 'Connect position to ATS' }).click()
  await there.waitForURL(/\/link\//)
  await there.goto(there.url().replace(/\/link\/([\w-]+).*/, '/link/$1'))
  await expect(there).toHaveURL(/\/enter\/api_key$/)
  await elsewhere.close()
})

test('the session ends in the middle: the typed subdomain waits behind the sign-in, the key does not', async ({
  page,
  account,
  product,
}) => {
  const team = await product.newTeam({ password })
  const { recruiter } = team.people
  const position = await product.newPosition(team, 'Baker')
  const signIn = async () => {
    await page.getByLabel('E-mail address').fill(recruiter.email)
    await page.getByLabel('Password').fill(password)
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  }
  const endSessions = () =>
    product.sql`update sessions set ended_at = now() where user_id = ${recruiter.userId}`
  await page.goto(`${position.path}/settings`)
  await signIn()
  await openWizard(page)
  await chooseAndAllow(page)
  await page.getByLabel('Subdomain', { exact: true }).fill(account.subdomain)
  await endSessions()
  await next(page).click()
  await page.waitForURL('**/sign-in?next=**')
  await signIn()
  await page.waitForURL('**/enter/subdomain**')
  await expect(page.getByLabel('Subdomain', { exact: true })).toHaveValue(account.subdomain)
  await next(page).click()
  await page.waitForURL('**/enter/api_key')

  const key = product.newCanary()
  await page.getByLabel('API key', { exact: true }).fill(key)
  await page.getByText('More, all optional').click()
  await page.getByLabel('Authentication name').fill('Ours')
  await endSessions()
  await next(page).click()
  await page.waitForURL('**/sign-in?next=**')
  await signIn()
  await page.waitForURL('**/enter/api_key**')
  await expect(page.getByLabel('API key', { exact: true })).toHaveValue('')
  await expect(page.getByLabel('Authentication name')).toHaveValue('Ours')
  expect(await product.leaksInDatabase(key)).toEqual([])
})
