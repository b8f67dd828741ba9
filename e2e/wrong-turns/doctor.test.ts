import { expect, test } from '../fixtures.ts'
import { awaitDoctor, completeConnection, giveKey, itWorks } from '../walk/walk.ts'
import { noConnection, noKeyInAnyField, pasteNewKey } from './at-the-doctor.ts'

/** Each ending of the key doctor, by somebody who pastes the wrong thing; none of them leaves a connection. */

test.beforeEach(async ({ signInAs, team }) => signInAs(team.people.recruiter))

test.afterEach(async ({ page }) => noKeyInAnyField(page))

// The defence in these: `confirm.ts` makes a connection from a verdict that passed, and from nothing else.
test('A-070 a wrong key is refused in words, and the right one is pasted in its place', async ({
  page,
  team,
  account,
  product,
  sandbox,
}) => {
  const walk = await product.newWalkAtKey(team, account)
  await page.goto(`${walk}/enter/api_key`)
  const wrong = 'wr0ngKeyWr0ngKeyWr0ngKeyWr0ngKeyWr0ngKey123'
  await giveKey(page, wrong)
  await awaitDoctor(page, 'Workable does not know this key')
  expect(await page.content()).not.toContain(wrong)
  await noConnection(page, team, product.connectionsOf)
  const { token } = await sandbox.token(account.subdomain)
  await pasteNewKey(page, token)
  await awaitDoctor(page, itWorks)
  expect(await page.content()).not.toContain(token)
})

test("another account's key is named, and that account can be taken instead", async ({
  page,
  team,
  account,
  product,
  sandbox,
}) => {
  const meant = await sandbox.newAccount()
  const walk = await product.newWalkAtKey(team, account)
  await page.goto(`${walk}/enter/api_key`)
  await giveKey(page, (await sandbox.token(meant.subdomain)).token)
  await awaitDoctor(page, 'This key opens another account')
  await expect(page.getByRole('main')).toContainText(meant.name)
  await noConnection(page, team, product.connectionsOf)
  await page.getByRole('button', { name: `Use ${meant.subdomain}` }).click()
  await completeConnection(page)
  const [made, ...others] = await product.connectionsOf(team)
  expect([made?.subdomain, others]).toEqual([meant.subdomain, []])
})

test('a missing box is named; a new key with it is pasted right there', async ({
  page,
  team,
  account,
  product,
  sandbox,
}) => {
  const walk = await product.newWalkAtKey(team, account)
  await page.goto(`${walk}/enter/api_key`)
  await giveKey(page, (await sandbox.token(account.subdomain, { scopes: ['r_jobs'] })).token)
  await awaitDoctor(page, 'This key cannot read candidates')
  await expect(page.getByText('A box is missing: r_candidates')).toBeVisible()
  await noConnection(page, team, product.connectionsOf)
  await pasteNewKey(page, (await sandbox.token(account.subdomain)).token)
  await awaitDoctor(page, itWorks)
})

test('a key that cannot write goes on read-only, and the consent says so', async ({
  page,
  team,
  account,
  product,
  sandbox,
}) => {
  const walk = await product.newWalkAtKey(team, account)
  await page.goto(`${walk}/enter/api_key`)
  const scopes = ['r_jobs', 'r_candidates']
  await giveKey(page, (await sandbox.token(account.subdomain, { scopes })).token)
  await awaitDoctor(page, 'This key cannot write')
  await noConnection(page, team, product.connectionsOf)
  await page.getByRole('button', { name: 'Go on read-only' }).click()
  await page.waitForURL('**/job')
  const [made] = await product.connectionsOf(team)
  expect(made?.permissions).toBe('read')
  const consents =
    await product.sql`select permissions from consents where connection_id = ${String(made?.id)}`
  expect(consents.map(({ permissions }) => permissions)).toEqual(['read'])
})

test('a revoked key says that it was revoked', async ({ page, team, account, product, sandbox }) => {
  const walk = await product.newWalkAtKey(team, account)
  await page.goto(`${walk}/enter/api_key`)
  const { id, token } = await sandbox.token(account.subdomain)
  await sandbox.revoke(id)
  await giveKey(page, token)
  await awaitDoctor(page, 'This key was revoked')
  await noConnection(page, team, product.connectionsOf)
})

test('a suspended account says so, and the same key is tried again', async ({
  page,
  team,
  account,
  product,
  sandbox,
}) => {
  const walk = await product.newWalkAtKey(team, account)
  await page.goto(`${walk}/enter/api_key`)
  await sandbox.suspend(account.subdomain)
  await giveKey(page, (await sandbox.token(account.subdomain)).token)
  await awaitDoctor(page, 'Workable has suspended this account')
  await noConnection(page, team, product.connectionsOf)
  await sandbox.suspend(account.subdomain, false)
  await page.getByRole('button', { name: 'Check again' }).click()
  await awaitDoctor(page, itWorks)
})

test('an account that is connected already: its connection is used, or takes the new key', async ({
  page,
  team,
  account,
  product,
  sandbox,
  signInAs,
}) => {
  const { id } = await product.newConnection(team, sandbox, account)
  await product.newLink(team, id, { title: 'Baker', remoteRef: 'ABC123' })
  await signInAs(team.people.admin)
  const walk = await product.newWalkAtKey(team, account, 'admin')
  await page.goto(`${walk}/enter/api_key`)
  await giveKey(page, (await sandbox.token(account.subdomain)).token)
  const already = page.getByRole('heading', { name: /^This account is connected already/ })
  await expect(already).toBeVisible({ timeout: 20_000 })
  await expect(page.getByText('its one position stays linked')).toBeVisible()
  await page.getByRole('button', { name: 'Give it this key' }).click()
  await page.waitForURL('**/job')
  const generations =
    await product.sql`select generation from credentials where connection_id = ${id} order by 1`
  expect(generations.at(-1)?.generation).toBe(2)

  await signInAs(team.people.recruiter)
  const again = await product.newWalkAtKey(team, account)
  await page.goto(`${again}/enter/api_key`)
  await giveKey(page, (await sandbox.token(account.subdomain)).token)
  await expect(already).toBeVisible({ timeout: 20_000 })
  await expect(page.getByRole('button', { name: 'Give it this key' }), 'she may not').toHaveCount(0)
  await page.getByRole('button', { name: /^Use “/ }).click()
  await page.waitForURL('**/job')
  expect(await product.connectionsOf(team)).toHaveLength(1)
})
