import { readFileSync } from 'node:fs'
import { expect, expectAccessible, expectMode, test } from './fixtures.ts'

test('an auditor finds who closed a position, from where and when, and takes the log away @firefox @no-js', async ({
  page,
  team,
  signInAs,
  scripts,
}) => {
  const { owner } = team.people
  await signInAs(owner)
  await page.goto(`/w/${team.slug}/positions`)
  await page.getByRole('link', { name: 'Settings of People Partner' }).click()
  await page.getByRole('button', { name: /^Close/ }).click()
  await expect(page.getByRole('button', { name: 'Reopen position' })).toBeVisible()
  await page.goto(`/w/${team.slug}/positions`)

  await page.getByRole('link', { name: 'Audit log' }).click()
  await expectMode(page, scripts)
  const row = page.getByRole('row', { name: /Closed a position/ })
  await expect(row).toContainText(owner.name)
  await expect(row).toContainText('127.0.0.1')
  await expect(row.getByRole('link', { name: 'People Partner' })).toBeVisible()
  if (scripts === 'on') await expectAccessible(page)

  await page.getByText('Kind', { exact: true }).click()
  await page.getByRole('link', { name: 'People', exact: true }).click()
  await expect(page.getByRole('row', { name: /Added a person/ })).toHaveCount(4)
  await expect(row).toHaveCount(0)
  await page.getByRole('searchbox', { name: 'Search the log' }).fill('nobody of that name')
  await page.getByRole('button', { name: 'Search', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Nothing in the log fits' })).toBeVisible()
  await page.getByRole('link', { name: 'Clear' }).click()

  for (const format of ['CSV', 'JSON']) {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: `Export ${format}` }).click(),
    ])
    expect(readFileSync(await download.path(), 'utf8')).toContain('position.closed')
  }
  await page.reload()
  await expect(page.getByRole('row', { name: /Exported the audit log/ })).toHaveCount(2)
})

test('a viewer is told whose the log is, and at 390 pixels nothing of it is cut off', async ({
  page,
  team,
  signInAs,
}) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await signInAs(team.people.viewer)
  await page.goto(`/w/${team.slug}/settings/audit`)
  await expect(page.getByText('The log is for admins and owners')).toBeVisible()
  await expect(page.getByRole('button', { name: /^Export/ })).toHaveCount(0)
  await expectAccessible(page)
  await signInAs(team.people.owner)
  await page.reload()
  await expect(page.getByRole('row', { name: /Added a person/ })).toHaveCount(4)
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(over).toBeLessThanOrEqual(0)
  await expectAccessible(page)
})
