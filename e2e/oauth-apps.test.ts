import type { Page } from '@playwright/test'
import { expect, expectAccessible, expectMode, test } from './fixtures.ts'
import { registerPartner } from './register-partner.ts'
import { noteSecret } from './secrets.ts'
import { password } from './team.ts'

const fill = async (page: Page, clientId: string, secret: string) => {
  await page.getByLabel('Client id').fill(clientId)
  await page.getByLabel('Client secret').fill(secret)
}

test('a partner registers the redirect URI, enters its OAuth app, tests it, replaces its secret and removes it @firefox @no-js', async ({
  page,
  team,
  sandbox,
  signInAs,
  scripts,
}) => {
  await signInAs(team.people.owner)
  await page.goto('/partner/customers')
  await expectMode(page, scripts)
  await page.getByRole('link', { name: 'OAuth apps' }).click()
  await expect(page.getByText('No app yet').first()).toBeVisible()
  await page.getByRole('link', { name: /^Enter an app.*Workable sandbox$/ }).click()
  const redirectUri = await page.getByRole('textbox', { name: 'Redirect URI' }).inputValue()
  expect(redirectUri).toMatch(/\/api\/oauth\/[0-9a-f-]{36}\/callback$/)
  const known = await registerPartner(sandbox, redirectUri)

  await fill(page, known.client_id, redirectUri)
  await page.getByRole('button', { name: 'Save and test' }).click()
  await expect(page.getByText('This is a web address').first()).toBeVisible()
  await expect(page.getByLabel('Client id')).toHaveValue(known.client_id)
  await expect(page.getByLabel('Client secret')).toHaveValue('')
  if (scripts === 'on') await expectAccessible(page)

  const wrong = noteSecret('CNRY-not-known-at-the-sandbox')
  await fill(page, known.client_id, wrong)
  await page.getByRole('button', { name: 'Save and test' }).click()
  await expect(page.getByText('Workable does not know this client id and secret')).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Redirect URI' })).toHaveValue(redirectUri)
  await expect(page.getByText('Ends in dbox')).toBeVisible()
  if (scripts === 'on') await expectAccessible(page)

  await page.getByRole('link', { name: 'Replace the secret' }).click()
  await expect(page.getByLabel('Client id')).toHaveValue(known.client_id)
  await page.getByLabel('Client secret').fill(known.client_secret)
  await page.getByRole('button', { name: 'Replace and test' }).click()
  await expect(page.getByText('Workable knows this app')).toBeVisible()
  await expect(page.getByText('the secret before is tried too')).toHaveCount(2)
  expect(await page.content()).not.toContain(known.client_secret)

  await sandbox.control(`/oauth/clients/${known.client_id}/secret`, 'POST', {})
  await page.getByRole('button', { name: 'Test', exact: true }).click()
  await expect(page.getByText('Workable does not know this client id and secret')).toBeVisible()

  await page.getByRole('link', { name: 'Remove the app' }).click()
  await expect(page.getByText('No connection was made with it.')).toBeVisible()
  await page.getByRole('button', { name: 'Remove the app' }).click()
  await expect(page).toHaveURL('/partner/oauth-apps')
  await expect(page.getByText('No app yet')).toHaveCount(2)
})

test('an old sign-in gives the password before an app is removed; a colleague without the role is told so @no-js', async ({
  page,
  product,
  signInAs,
}) => {
  const team = await product.newTeam({ password })
  const { owner } = team.people
  const app = `/partner/oauth-apps/${await product.newLiveApp(team)}`
  await signInAs(owner)
  await product.sql`update sessions set proven_at = now() - interval '16 minutes' where user_id = ${owner.userId}`
  await page.goto(`${app}?ask=remove`)
  await page.getByLabel('Your password').fill('not the one that it is')
  await page.getByRole('button', { name: 'Remove the app' }).click()
  await expect(page.getByLabel('Your password')).toHaveAttribute('aria-invalid', 'true')
  await page.getByLabel('Your password').fill(password)
  await page.getByRole('button', { name: 'Remove the app' }).click()
  await expect(page).toHaveURL('/partner/oauth-apps')
  await expect(page.getByText('No app yet').first()).toBeVisible()

  await product.sql`update partner_members set role = 'support' where user_id = ${owner.userId}`
  await page.goto('/partner/oauth-apps')
  await expect(page.getByText('Not with your role')).toBeVisible()
  await expect(page.getByRole('link', { name: 'OAuth apps' })).toHaveCount(0)
  await page.goto(app)
  await expect(page.getByText('brightside-people')).toHaveCount(0)
})

test('a stopped app is a line above the customers, and its page says since when, why and whose turn it is', async ({
  page,
  product,
  team,
  signInAs,
}) => {
  const app = await product.newLiveApp(team)
  await product.sql`update oauth_apps set state = 'stopped', stopped_reason = 'app_refused', stopped_at = now(),
    retry_at = now() + interval '5 minutes' where id = ${app}`
  await signInAs(team.people.owner)
  await page.goto('/partner/customers')
  await expect(page.getByText('Signing in at Workable has stopped for your app')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('link', { name: 'See why' }).click()
  await expect(page.getByText(/Workable refuses this app since/)).toBeVisible()
  await expect(page.getByText(/Your turn: replace the secret.*Next try/)).toBeVisible()
})
