import { readFileSync } from 'node:fs'
import { expect, expectAccessible, expectMode, test } from './fixtures.ts'

test('without a mail server the owner of the partner finds an invitation under Sent mail, and hands its address on @firefox @no-js', async ({
  page,
  product,
  team,
  signInAs,
  scripts,
}) => {
  const mail = await product.newMail(team)
  await signInAs(team.people.owner)
  await page.goto('/partner/customers')
  await expectMode(page, scripts)
  await page.getByRole('link', { name: 'Sent mail' }).click()
  const row = page.getByRole('row', { name: /Olga Brandt invites you to Larkfield/ })
  await expect(row).toContainText('ines@example.com')
  await expect(row).toContainText('Kept here')
  if (scripts === 'on') await expectAccessible(page)
  await row.getByRole('link').click()
  await expect(page.getByLabel('What the mail says')).toHaveValue(/\/invitation\/gwi_a-secret-of-this-test/)
  await expect(page.getByText('hand it to Inês Prado alone')).toBeVisible()
  await expect(page.getByRole('button', { name: /^Send/ })).toHaveCount(0)
  if (scripts === 'on') await expectAccessible(page)

  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Look at it as HTML' }).click(),
  ])
  const html = readFileSync(await file.path(), 'utf8')
  expect(html).toContain('Olga Brandt invites you to')
  expect(html).not.toContain('gwi_')
  expect(file.suggestedFilename()).toBe(`mail-${mail}.html`)
})

test('an admin of the workspace, who is nobody at the partner, finds no mail', async ({
  page,
  product,
  team,
  signInAs,
}) => {
  const mail = await product.newMail(team)
  await signInAs(team.people.admin)
  for (const path of ['/partner/mails', `/partner/mails/${mail}`, `/partner/mails/${mail}/file`]) {
    const answer = await page.goto(path)
    expect(answer?.status()).toBe(404)
    await expect(page.getByText('gwi_')).toHaveCount(0)
  }
})

test('a key that is refused is told by a notice with the way to mend it, and by a mail @firefox @no-js', async ({
  page,
  product,
  sandbox,
  account,
  team,
  signInAs,
  scripts,
}) => {
  const { id, tokenId } = await product.newConnection(team, sandbox, account)
  await sandbox.revoke(tokenId)
  await signInAs(team.people.admin)
  const home = `/w/${team.slug}`
  await page.goto(`${home}/integrations/workable/${id}`)
  await expectMode(page, scripts)
  await page.getByRole('button', { name: 'Check now' }).click()
  await expect(async () => {
    await page.goto(`${home}/notices`)
    await expect(page.getByRole('link', { name: /^Notices\s*1 new notice$/ })).toBeVisible({ timeout: 500 })
  }).toPass()
  const notice = page
    .getByRole('listitem')
    .filter({ hasText: `refuses the key of “Workable, ${account.name}”` })
  await expect(notice).toContainText('New')
  await page.getByRole('button', { name: 'Mark all as seen' }).click()
  await expect(page.getByRole('link', { name: 'Notices', exact: true })).toBeVisible()
  await expect(notice).not.toContainText('New')
  await notice.getByRole('button', { name: /Replace the key/ }).click()
  await page.waitForURL(/\/link\/[\w-]+\/how$/)

  await signInAs(team.people.owner)
  await page.goto('/partner/mails')
  await expect(page.getByRole('link', { name: /needs a new key for/ })).toHaveCount(2)
})
