import { expect, test } from '../fixtures.ts'
import { awaitDoctor, giveKey, itWorks } from '../walk/walk.ts'
import { noConnection, noKeyInAnyField } from './at-the-doctor.ts'

/** The key doctor while Workable cannot say anything about the key: it waits, and says for what. */

test.beforeEach(async ({ signInAs, team }) => signInAs(team.people.recruiter))

test.afterEach(async ({ page }) => noKeyInAnyField(page))

test('too many requests: it waits, shows the seconds, and goes on by itself', async ({
  page,
  team,
  account,
  product,
  sandbox,
}) => {
  const walk = await product.newWalkAtKey(team, account)
  await page.goto(`${walk}/enter/api_key`)
  const headers = { 'retry-after': '8' }
  await sandbox.fault(
    account,
    { kind: 'status', status: 429, body: { error: 'Too many requests' }, headers },
    1,
  )
  await giveKey(page, (await sandbox.token(account.subdomain)).token)
  await expect(page.getByText(/Workable asks us to wait a moment/)).toBeVisible({ timeout: 20_000 })
  await expect(page.getByText(/Waits \d+ s/)).toBeVisible()
  await noConnection(page, team, product.connectionsOf)
  await awaitDoctor(page, itWorks)
})

test('Workable is down: what was typed is kept, and the check comes back by itself', async ({
  page,
  team,
  account,
  product,
  sandbox,
}) => {
  const walk = await product.newWalkAtKey(team, account)
  await page.goto(`${walk}/enter/api_key`)
  const fault = await sandbox.fault(account, { kind: 'status', status: 503, body: 'Away' }, null)
  await giveKey(page, (await sandbox.token(account.subdomain)).token)
  await expect(page.getByText(/Workable does not answer now/)).toBeVisible({ timeout: 20_000 })
  await noConnection(page, team, product.connectionsOf)
  await sandbox.endFault(fault)
  await awaitDoctor(page, itWorks)
})

test('a login page in place of the answer is odd, and no verdict about the key', async ({
  page,
  team,
  account,
  product,
  sandbox,
}) => {
  const walk = await product.newWalkAtKey(team, account)
  await page.goto(`${walk}/enter/api_key`)
  const fault = await sandbox.fault(account, { kind: 'html' }, null)
  await giveKey(page, (await sandbox.token(account.subdomain)).token)
  await expect(page.getByText(/Workable answers oddly now/)).toBeVisible({ timeout: 20_000 })
  await noConnection(page, team, product.connectionsOf)
  await sandbox.endFault(fault)
  await awaitDoctor(page, itWorks)
})
