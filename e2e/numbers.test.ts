import type { Page } from '@playwright/test'
import { expect, expectAccessible, expectMode, test } from './fixtures.ts'
import { awaitDoctor, itWorks, next } from './walk/walk.ts'

type Wish = { number: string; country?: string; label: string; without?: 'Calls' | 'Messages' }

/** Fills in the form of a number and sends it. */
async function addNumber(page: Page, { number, country, label, without }: Wish): Promise<void> {
  await page.getByLabel('Number', { exact: true }).fill(number)
  if (country) await page.getByLabel('Country').selectOption(country)
  await page.getByLabel('Label').fill(label)
  if (without) await page.getByRole('checkbox', { name: without }).uncheck()
  await page.getByRole('button', { name: 'Add a number' }).click()
}

/** New authentication up to the doctor's Next. */
async function walkToNumbers(page: Page, token: string, subdomain: string): Promise<void> {
  await page.getByRole('button', { name: 'New authentication' }).click()
  await page.getByRole('button', { name: /^Use my API key/ }).click()
  await page.getByRole('button', { name: /^I am an admin/ }).click()
  await page.waitForURL('**/permissions')
  await next(page).click()
  await page.getByLabel('Access Token', { exact: true }).fill(token)
  await page.getByLabel('Subdomain', { exact: true }).fill(subdomain)
  await next(page).click()
  await page.waitForURL('**/check')
  // Where scripts are kept from arriving, nothing asks again by itself.
  await awaitDoctor(page, itWorks, true)
  await next(page).click()
  await page.waitForURL('**/numbers')
}

const box = (page: Page, use: 'Calls' | 'Messages', label: string) =>
  page.getByRole('group', { name: use }).getByRole('checkbox', { name: label })

test('numbers are added, chosen at the end of New authentication, and changed on the connection’s page @no-js', async ({
  page,
  team,
  account,
  sandbox,
  scripts,
  signInAs,
}) => {
  test.slow()
  const accessible = async () => scripts === 'on' && (await expectAccessible(page))
  await signInAs(team.people.admin)
  await page.goto(`/w/${team.slug}/numbers`)
  await expectMode(page, scripts)
  await expect(page.getByRole('heading', { name: 'No number yet' })).toBeVisible()
  await page.getByRole('link', { name: 'Add a number' }).first().click()
  await addNumber(page, { number: 'call the desk', country: 'NL', label: 'Front desk' })
  await expect(page.getByText(/There are letters in it/).last()).toBeVisible()
  await expect(page.getByLabel('Label')).toHaveValue('Front desk')
  await accessible()
  await addNumber(page, { number: '(020) 555 0100', label: 'Front desk' })
  await expect(page.getByRole('status')).toHaveText('Added: +31 20 555 0100, Netherlands')
  await page.getByRole('link', { name: 'Add a number' }).click()
  await addNumber(page, { number: '+31 (0)20 5550100', label: 'The same' })
  await expect(page.getByText(/is here already: “Front desk”/).last()).toBeVisible()

  await page.goto(`/w/${team.slug}/integrations/workable?environment=sandbox`)
  await walkToNumbers(page, (await sandbox.token(account.subdomain)).token, account.subdomain)
  await expect(page.getByText(/which is a later part of Gangway/)).toBeVisible()
  await expect(page.getByText(/Workable wants the name of one of its members/)).toBeVisible()
  await accessible()
  await page.getByRole('link', { name: 'Add another number' }).click()
  await addNumber(page, { number: '+44 20 7946 0142', label: 'Shortlist texts', without: 'Calls' })
  await page.waitForURL('**/numbers')
  await page.reload()
  await expect(box(page, 'Calls', 'Shortlist texts')).toHaveCount(0)
  await box(page, 'Calls', 'Front desk').check()
  await box(page, 'Messages', 'Shortlist texts').check()
  await page.getByRole('button', { name: 'Submit' }).click()
  await page.waitForURL('**/done')
  await expect(page.getByRole('link', { name: 'Link positions now' })).toBeVisible()
  await page.goBack()
  await expect(page).not.toHaveURL(/\/check$/)
  await page.goto(page.url().replace(/\/link\/([\w-]+)\/.*/, '/link/$1/done'))
  await page.getByRole('link', { name: 'Later' }).click()

  await page.getByRole('link', { name: /^Numbers\s*2$/ }).click()
  await expect(box(page, 'Calls', 'Front desk')).toBeChecked()
  await expect(box(page, 'Messages', 'Front desk')).not.toBeChecked()
  await expect(box(page, 'Messages', 'Shortlist texts')).toBeChecked()
  await box(page, 'Messages', 'Front desk').check()
  await box(page, 'Messages', 'Shortlist texts').uncheck()
  await page.getByRole('button', { name: 'Submit' }).click()
  await expect(page.getByRole('status')).toHaveText('One number for calls, one for messages.')
  await accessible()

  await page.goto(`/w/${team.slug}/numbers`)
  await page.getByRole('link', { name: 'Front desk' }).click()
  await page.getByRole('link', { name: 'Remove the number' }).click()
  await expect(page.getByText('One connection loses it:')).toBeVisible()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove the number' }).click()
  await expect(page.getByRole('status')).toHaveText('The number is removed.')
  await expect(page.getByRole('row', { name: /Shortlist texts/ })).toBeVisible()
  await expect(page.getByRole('row', { name: /Front desk/ })).toHaveCount(0)
})

test('of hundreds of numbers one is found, and the ticks stay through the search @no-js', async ({
  page,
  team,
  account,
  product,
  sandbox,
  scripts,
  signInAs,
}) => {
  await signInAs(team.people.owner)
  const { id } = await product.newConnection(team, sandbox, account)
  await product.sql`insert into numbers (id, workspace_id, e164, label, owner_id, carries_calls, carries_messages)
    select gen_random_uuid(), ${team.workspaceId}, '+3120555' || lpad(n::text, 4, '0'), 'Desk ' || lpad(n::text, 3, '0'),
      ${team.people.owner.memberId}, true, true from generate_series(1, 260) n`
  await page.goto(`/w/${team.slug}/integrations/workable/${id}/numbers`)
  await expectMode(page, scripts)
  await expect(page.getByText(/The first 200 numbers without a tick are shown/)).toBeVisible()
  await box(page, 'Calls', 'Desk 007').check()
  await page.getByLabel('Find numbers; what is ticked stays').fill('020 555 0251')
  await page.keyboard.press('Enter')
  await expect(box(page, 'Calls', 'Desk 251')).toBeVisible()
  await expect(box(page, 'Calls', 'Desk 007')).toBeChecked()
  await expect(box(page, 'Calls', 'Desk 008')).toHaveCount(0)
  await box(page, 'Messages', 'Desk 251').check()
  await page.getByRole('button', { name: 'Submit' }).click()
  await expect(page.getByRole('status')).toHaveText('One number for calls, one for messages.')
  await expect(box(page, 'Calls', 'Desk 007')).toBeChecked()
  await expect(box(page, 'Messages', 'Desk 251')).toBeChecked()
})

test('without any number New authentication goes on, Not now', async ({
  page,
  team,
  account,
  sandbox,
  signInAs,
}) => {
  await signInAs(team.people.admin)
  await page.goto(`/w/${team.slug}/integrations/workable?environment=sandbox`)
  await walkToNumbers(page, (await sandbox.token(account.subdomain)).token, account.subdomain)
  await expect(page.getByRole('heading', { name: 'No number to choose yet' })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Not now' }).click()
  await page.waitForURL('**/done')
  await expect(page.getByRole('link', { name: 'Link positions now' })).toBeVisible()
})
