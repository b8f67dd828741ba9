import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { expect, expectAccessible, test } from './fixtures.ts'
import type { Account } from './sandbox.ts'
import { consent, opened, signOutThere, title, use } from './walk/sign-in.ts'
import { next } from './walk/walk.ts'

/** Takes the app's permission back in the account's back office, as its admin does. */
async function takeBack(page: Page, account: Account): Promise<void> {
  const there = await page.context().newPage()
  await there.goto(`http://${account.host}/backend/settings/integrations`)
  await there.getByRole('button', { name: account.admin.name }).click()
  const apps = there.getByRole('region', { name: 'Connected apps' })
  await apps
    .getByText(/^Revoke/)
    .first()
    .click()
  await apps.getByRole('button', { name: /^Revoke it/ }).click()
  await expect(apps.getByText('No connected apps.')).toBeVisible()
  await there.close()
}

test('taken back in Workable, a sign-in is noticed, signed in again with the same account, and at last revoked with a receipt @firefox', async ({
  page,
  team,
  product,
  sandbox,
  account,
  signInAs,
}) => {
  test.slow()
  const appId = await product.newOAuthApp(team, sandbox)
  const connection = await product.newSignedIn(team, sandbox, account, appId)
  const link = await product.newLink(team, connection.id, { title: 'Baker', remoteRef: 'A1B2C3D4E5' })
  const own = `/w/${team.slug}/integrations/workable/${connection.id}`
  await signInAs(team.people.owner)

  await takeBack(page, account)
  await product.refused(connection.id)
  await page.goto(`/w/${team.slug}/positions/${link.positionId}`)
  await expect(page.getByText(/refuses the sign-in of this connection/)).toBeVisible()
  await page.getByRole('link', { name: 'See the connection' }).first().click()
  await page.waitForURL(`**${own}`)
  await expect(page.getByText('Needs a new sign-in')).toBeVisible()
  await expectAccessible(page)

  // From the position as from the connection.
  await page.goto(`/w/${team.slug}/positions/${link.positionId}`)
  await page.getByRole('button', { name: /^Reconnect/ }).click()
  await page.waitForURL('**/permissions')
  await next(page).click()
  await page.waitForURL('**/sign-in')
  await consent(await opened(page), 'grace@acme.example')
  await page.waitForURL('**/account')
  await expect(title(page)).toHaveText('That is another account')
  await expect(page.getByText(`reaches acme, and not ${account.subdomain}.`)).toBeVisible()
  await expectAccessible(page)
  expect(await product.connectionsOf(team)).toMatchObject([{ id: connection.id, status: 'needs_reauth' }])

  await signOutThere(page)
  await page.getByRole('link', { name: 'Sign in as somebody else' }).click()
  await page.waitForURL('**/sign-in')
  await consent(await opened(page), account.admin.email)
  await page.waitForURL('**/account')
  await use(page).click()
  await page.waitForURL('**/done')
  expect(await product.connectionsOf(team)).toMatchObject([
    { id: connection.id, status: 'active', version: 2, subdomain: account.subdomain },
  ])
  await page.goto(`/w/${team.slug}/positions/${link.positionId}`)
  await expect(page.getByText('Linked with Workable')).toBeVisible()
  await expect(page.getByText('Needs sign-in')).toHaveCount(0)

  await page.goto(`${own}/settings?ask=delete`)
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Type DELETE to go on').fill('DELETE')
  await dialog.getByRole('button', { name: 'Delete integration' }).click()
  await page.waitForURL(/\/integrations\/receipts\/[\w-]{36}$/)
  await expect(page.getByText('Proven: Workable sandbox refuses its tokens')).toBeVisible({ timeout: 20_000 })
  await expectAccessible(page)
  const coming = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download the receipt' }).click()
  expect(readFileSync(await (await coming).path(), 'utf8')).toContain('Proven: Workable')
})
