import type { Page } from '@playwright/test'
import { expect, expectAccessible, test } from './fixtures.ts'
import { registerPartner } from './register-partner.ts'
import type { Sandbox } from './sandbox.ts'
import { password, unique } from './team.ts'
import { consent, start, use } from './walk/sign-in.ts'
import { next } from './walk/walk.ts'

/** Enters the partner's app for the sandbox, as the sandbox gives it out. */
async function enterApp(page: Page, sandbox: Sandbox): Promise<void> {
  await page.goto('/partner/oauth-apps/new?for=workable/sandbox')
  const redirectUri = await page.getByRole('textbox', { name: 'Redirect URI' }).inputValue()
  const { client_id: id, client_secret: secret } = await registerPartner(sandbox, redirectUri)
  await page.getByLabel('Client id').fill(id)
  await page.getByLabel('Client secret').fill(secret)
  await page.getByRole('button', { name: 'Save and test' }).click()
  await expect(page.getByText('Workable knows this app')).toBeVisible()
}

/** The one-time address in the newest mail of this subject, as the partner's owner reads it under Sent mail. */
async function mailedPath(page: Page, subject: RegExp): Promise<string> {
  await page.getByRole('link', { name: 'Sent mail' }).click()
  await page.getByRole('link', { name: subject }).first().click()
  let path = ''
  await expect(async () => {
    await page.reload()
    const text = await page.getByLabel('What the mail says').inputValue({ timeout: 1_000 })
    path = /\/invitation\/gwi_[\w-]+/.exec(text)?.[0] ?? ''
    expect(path).not.toBe('')
  }).toPass()
  return path
}

/** From *How* by signing in at the ATS, in this tab as on a phone, to the end. */
async function connect(page: Page, email: string): Promise<void> {
  await page.getByRole('button', { name: /^Sign in with Workable/ }).click()
  await page.getByRole('button', { name: /^I sign in myself/ }).click()
  await page.waitForURL('**/permissions')
  await next(page).click()
  await page.waitForURL('**/sign-in')
  await start(page).click()
  await consent(page, email)
  await page.waitForURL('**/account')
  await use(page).click()
  await page.waitForURL('**/numbers')
  await page.getByRole('button', { name: 'Not now' }).click()
  await expect(page.getByRole('heading', { level: 1, name: /^Connected to Workable/ })).toBeVisible()
}

test('a partner enters its OAuth app and invites a customer, who accepts and signs in at Workable; the partner sees it healthy @firefox', async ({
  page,
  browser,
  team,
  account,
  product,
  sandbox,
  signInAs,
}) => {
  const company = `Quarry & Finch ${unique()}`
  const { email } = account.admin
  const row = page.getByRole('row', { name: company })
  await signInAs(team.people.owner)
  await enterApp(page, sandbox)

  await page.getByRole('link', { name: 'Customers' }).click()
  await page.getByRole('link', { name: 'Invite a customer' }).click()
  await page.getByLabel('Company').fill(company)
  await page.getByLabel('Their admin’s e-mail address').fill('ada@quarry')
  await page.getByRole('button', { name: 'Send the invitation' }).click()
  await expect(page.getByLabel('Their admin’s e-mail address')).toHaveAttribute('aria-invalid', 'true')
  await expect(page.getByLabel('Company')).toHaveValue(company)
  await page.getByLabel('Their admin’s e-mail address').fill(email)
  await page.getByRole('button', { name: 'Send the invitation' }).click()
  await expect(page.getByText('The invitation is on its way')).toBeVisible()
  await expect(row).toContainText(/Invited, not accepted yet.*Their turn: accept the invitation/)
  await row.getByRole('link', { name: /^Send again/ }).click()
  await page.getByRole('button', { name: 'Send again' }).click()
  await expect(page.getByText('The invitation is sent again')).toBeVisible()
  const path = await mailedPath(page, /invites Quarry & Finch/)

  const hers = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage()
  await hers.goto(path)
  await hers.reload()
  await expect(hers.getByRole('heading', { level: 1 })).toContainText(`invites ${company}`)
  await hers.getByLabel('Your name').fill('Ines Marlow')
  await hers.getByLabel('Password', { exact: true }).fill(password)
  await hers.getByRole('button', { name: 'Make my account and go on' }).click()
  await hers.waitForURL(/\/link\/[\w-]+\/how$/)
  await page.goto('/partner/customers')
  await expect(row).toContainText(/In the wizard.*Their turn: at “Choose”/)
  await connect(hers, email)
  await hers.context().close()

  await page.reload()
  await expect(row).toContainText(/Healthy.*Nobody’s/)
  await expectAccessible(page)
  const [made] = await product.sql`select slug from workspaces where name = ${company}`
  const inside = await page.goto(`/w/${made?.slug}/positions`)
  expect(inside?.status(), 'her workspace is hers').toBe(404)
})
