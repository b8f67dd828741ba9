import type { Page } from '@playwright/test'
import { expect, expectAccessible, expectMode, type Options, test } from './fixtures.ts'
import { password } from './team.ts'

/** Reloads by hand where a page cannot do so by itself. */
async function seen(page: Page, words: RegExp, scripts: Options['scripts']): Promise<void> {
  await expect(async () => {
    if (scripts === 'off') await page.reload()
    await expect(page.getByText(words).first()).toBeVisible({ timeout: 1_000 })
  }).toPass({ timeout: 25_000 })
}

test('an admin looks after a connection: name, day, off and on again, and at last its deletion with a receipt @firefox @no-js', async ({
  page,
  product,
  sandbox,
  account,
  signInAs,
  scripts,
}) => {
  test.slow()
  const team = await product.newTeam({ password, samples: false })
  const { admin } = team.people
  const remoteRef = await sandbox.newJob(account, { title: 'Baker' })
  const connection = await product.newConnection(team, sandbox, account)
  const link = await product.newLink(team, connection.id, { title: 'Baker', remoteRef })
  const list = `/w/${team.slug}/integrations`
  const own = `${list}/workable/${connection.id}`
  const axe = async () => void (scripts === 'on' && (await expectAccessible(page)))
  await signInAs(admin)

  await page.goto(list)
  await expectMode(page, scripts)
  await axe()
  await page.getByRole('switch', { name: /^Active\b/ }).click()
  await expect(page).toHaveURL(list)
  await expect(page.getByRole('switch', { name: /^Inactive\b/ })).not.toBeChecked()
  await page.goto(`/w/${team.slug}/positions/${link.positionId}`)
  await expect(page.getByText('This connection is switched off.')).toBeVisible()
  await page.goto(list)
  await page.getByRole('switch', { name: /^Inactive\b/ }).click()
  await page.waitForURL(`**${own}`)
  await seen(page, /^(Healthy|Degraded: .*)$/, scripts)
  await expect(page.getByRole('switch', { name: /^Active\b/ })).toBeChecked()
  await axe()

  await page.getByRole('main').getByRole('link', { name: 'Settings', exact: true }).click()
  await page.waitForURL(`**${own}/settings`)
  await page.getByRole('textbox', { name: 'Name' }).fill('x'.repeat(81))
  await page.getByRole('button', { name: /^Save\b.*Name/ }).click()
  await expect(page.getByText('This is longer than 80 characters.')).toBeVisible()
  await page.getByRole('textbox', { name: 'Name' }).fill('Seasonal hiring')
  await page.getByRole('button', { name: /^Save\b.*Name/ }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Seasonal hiring')
  await page.getByLabel('Key expires on').fill('2027-03-01')
  await page.getByRole('button', { name: /^Save\b.*Key expires on/ }).click()
  await expect(page.getByLabel('Key expires on')).toHaveValue('2027-03-01')
  await page.getByRole('button', { name: 'Drop the date' }).click()
  await expect(page.getByLabel('Key expires on')).toHaveValue('')
  await axe()

  await product.sql`update sessions set proven_at = now() - interval '16 minutes' where user_id = ${admin.userId}`
  await page.getByRole('link', { name: 'Delete integration' }).click()
  const dialog = page.getByRole('dialog', { name: 'Delete “Seasonal hiring”?' })
  await expect(dialog.getByText('1 position link ends')).toBeVisible()
  await axe()
  const remove = async (word: string, typed: string) => {
    await dialog.getByLabel('Type DELETE to go on').fill(word)
    await dialog.getByLabel('Your password').fill(typed)
    await dialog.getByRole('button', { name: 'Delete integration' }).click()
  }
  await remove('delete', password)
  await expect(dialog.getByText('Nothing is deleted yet.')).toBeVisible()
  await remove('DELETE', 'not her password')
  await expect(dialog.getByText('This is not your password.')).toBeVisible()
  await axe()
  await remove('DELETE', password)
  await page.waitForURL(/\/integrations\/receipts\/[\w-]{36}$/)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('“Seasonal hiring” is deleted')
  await expect(page.getByText('1 position link ended')).toBeVisible()
  await expect(page.getByRole('link', { name: /^Open the keys in Workable/ })).toHaveAttribute(
    'href',
    `http://${account.host}/backend/settings/integrations`,
  )
  await axe()
  const receipt = page.url()
  await page.getByRole('button', { name: 'I have revoked it' }).click()
  await expect(page.getByText('Adama Sow said so.')).toBeVisible()

  await page.goto(own)
  expect(page.url()).toBe(receipt)
  await page.goto(list)
  await expect(page.getByText('No connection yet').first()).toBeVisible()
  await expect(page.getByRole('link', { name: 'Seasonal hiring' })).toHaveAttribute(
    'href',
    new URL(receipt).pathname,
  )
})

test('a recruiter who did not make a connection, and a viewer, find nothing to press in its settings', async ({
  page,
  context,
  product,
  sandbox,
  account,
  signInAs,
}) => {
  const team = await product.newTeam({ samples: false })
  const { id } = await product.newConnection(team, sandbox, account)
  for (const person of [team.people.recruiter, team.people.viewer]) {
    await context.clearCookies()
    await signInAs(person)
    await page.goto(`/w/${team.slug}/integrations`)
    await expect(page.getByRole('switch')).toHaveCount(0)
    await page.goto(`/w/${team.slug}/integrations/workable/${id}/settings?ask=delete`)
    const main = page.getByRole('main')
    await expect(main.getByText(/Olga Brandt, who connected it, and admins/)).toBeVisible()
    await expect(main.getByRole('button')).toHaveCount(0)
    await expect(page.getByRole('dialog')).toHaveCount(0)
  }
})
