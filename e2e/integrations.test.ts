import type { Locator, Page } from '@playwright/test'
import { expect, expectAccessible, expectMode, test } from './fixtures.ts'
import type { Team } from './team.ts'

/** From New authentication, or a new key, to the doctor's ending. */
async function walkTo(page: Page, key: { subdomain: string; token: string }, ending: string): Promise<void> {
  await page.getByRole('button', { name: /^Use my API key/ }).click()
  await page.getByRole('button', { name: /^I am an admin/ }).click()
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByLabel('Access Token', { exact: true }).fill(key.token)
  await page.getByLabel('Subdomain', { exact: true }).fill(key.subdomain)
  await page.getByRole('button', { name: 'Next' }).click()
  await comes(page, page.getByRole('button', { name: ending }))
}

/**
 * What a task brings to the page by itself. Where scripts were kept from arriving (fixtures.ts) neither they nor `noscript`
 * ask again: a person reloads.
 */
async function comes(page: Page, wanted: Locator): Promise<void> {
  await expect(async () => {
    if (!(await wanted.isVisible())) await page.reload()
    await expect(wanted).toBeVisible({ timeout: 4_000 })
  }).toPass({ timeout: 60_000 })
}

async function openIntegrations(page: Page, team: Team): Promise<void> {
  await page.goto(`/w/${team.slug}/integrations`)
}

test('an account is added in Integrations, checked, and given a new key when the old one is dead @no-js', async ({
  page,
  team,
  signInAs,
  scripts,
  sandbox,
  account: { subdomain },
}) => {
  test.slow()
  const accessible = async () => scripts === 'on' && (await expectAccessible(page))
  await signInAs(team.people.admin)
  await openIntegrations(page, team)
  await expectMode(page, scripts)
  await expect(page.getByRole('heading', { name: 'No connection yet' })).toBeVisible()
  await accessible()
  await page.getByRole('link', { name: 'Add Workable sandbox' }).click()
  await expect(page.getByRole('heading', { name: 'Workflow settings' })).toBeVisible()
  await accessible()
  await page.getByRole('button', { name: 'New authentication' }).click()
  const first = await sandbox.token(subdomain)
  await walkTo(page, { subdomain, token: first.token }, 'Next')
  await page.getByRole('button', { name: 'Next' }).click()

  await openIntegrations(page, team)
  await expect(page.getByText(`ends in ${first.token.slice(-4)}`)).toBeVisible()
  await accessible()
  await page
    .getByRole('heading', { name: /^Workable, / })
    .getByRole('link')
    .click()
  await expect(page.getByText('Jobs can be read')).toBeVisible()
  await accessible()

  await sandbox.revoke(first.id)
  await page.getByRole('button', { name: 'Check now' }).click()
  await comes(page, page.getByRole('heading', { name: 'Needs a new key' }))
  await accessible()
  await page.getByRole('button', { name: /^Replace the key/ }).click()
  const second = await sandbox.token(subdomain)
  await walkTo(page, { subdomain, token: second.token }, 'Give it this key')
  await page.getByRole('button', { name: 'Give it this key' }).click()

  await openIntegrations(page, team)
  await expect(page.getByText(`ends in ${second.token.slice(-4)}`)).toBeVisible()
  await page
    .getByRole('heading', { name: /^Workable, / })
    .getByRole('link')
    .click()
  await page.getByRole('link', { name: 'Activity' }).click()
  await expect(page.getByText('The key was refused: it needs a new one')).toBeVisible()
  await expect(page.getByText(/gave it a new key$/)).toBeVisible()
  await accessible()
  await page.getByRole('link', { name: 'Permissions' }).click()
  await expect(page.getByText(/agreed on/)).toHaveCount(2)
  await accessible()
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download the record' }).first().click(),
  ])
  expect(file.suggestedFilename()).toMatch(/^consent-\d{4}-\d\d-\d\d\.txt$/)
})

test('a viewer looks at Integrations at 390 pixels, and is told who may act', async ({
  page,
  team,
  signInAs,
}) => {
  await signInAs(team.people.viewer)
  await page.setViewportSize({ width: 390, height: 844 })
  await openIntegrations(page, team)
  await expect(page.getByText(/Adding a connection takes an admin or owner/)).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('link', { name: 'See Workable', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Workflow settings' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'New authentication' })).toHaveCount(0)
  await expectAccessible(page)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
})
