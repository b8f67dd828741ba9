import { expect, type Page } from '@playwright/test'

/**
 * Makes a token as the guide beside the field says: its link opens the account's page in another tab, there a person signs in,
 * presses Generate API token, ticks what the guide names, and copies what is shown once.
 */
export async function followGuide(page: Page, person: string | RegExp): Promise<string> {
  const step = await page.getByRole('complementary').locator('details[open]').innerText()
  const scopes = [...new Set(step.match(/\b[rw]_[a-z]+/g) ?? [])]
  expect(scopes.length).toBeGreaterThan(1)
  const opened = page.context().waitForEvent('page')
  await page.getByRole('link', { name: /^Open this page in Workable/ }).click()
  const there = await opened
  await there.getByRole('button', { name: person }).click()
  await expect(there.getByRole('heading', { name: 'API Access Tokens' })).toBeVisible()
  expect(await there.evaluate(() => window.opener)).toBeNull()
  await there.getByRole('link', { name: /Generate API token/ }).click()
  await there.getByLabel('Name').fill('Gangway')
  await there.getByLabel('Expires in').selectOption({ label: '1 year' })
  for (const scope of scopes) await there.getByRole('checkbox', { name: scope }).check()
  await there.getByRole('button', { name: 'Generate token' }).click()
  await expect(there.getByRole('heading', { name: 'Copy your token now' })).toBeVisible()
  const key = await there.getByRole('textbox', { name: /^Token/ }).inputValue()
  await there.close()
  return key
}
