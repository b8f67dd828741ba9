import { expect, expectAccessible, expectMode, test } from './fixtures.ts'
import { password } from './team.ts'

test('signing in leads to the page that was asked for, and signing out shuts it @no-js', async ({
  page,
  product,
  scripts,
}) => {
  const team = await product.newTeam({ password })
  const { name, email } = team.people.recruiter
  await page.goto(`/w/${team.slug}/positions?q=driver`)
  await expectMode(page, scripts)
  await expect(page).toHaveURL(/\/sign-in\?next=/)
  if (scripts === 'on') await expectAccessible(page)
  await page.getByLabel('E-mail address').fill(email.toUpperCase())
  await page.getByLabel('Password').fill('not this one, surely')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByText('do not go together')).toBeVisible()
  await expect(page.getByLabel('E-mail address')).toHaveValue(email.toUpperCase())
  await expect(page.getByLabel('Password')).toHaveValue('')
  if (scripts === 'on') await expectAccessible(page)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page).toHaveURL(new RegExp(`/w/${team.slug}/positions\\?q=driver$`))
  await expect(page.getByRole('row')).toHaveCount(5)
  await page.getByText(name).filter({ visible: true }).first().click()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page).toHaveURL(/\/sign-in$/)
  await page.goBack()
  // A page of before may be on its way to the sign-in by itself, which breaks a reload off.
  await expect(async () => {
    await page.reload()
    await expect(page).toHaveURL(/\/sign-in\?next=/, { timeout: 500 })
  }).toPass()
})

test('too many tries: a page says how long to wait, in minutes @no-js', async ({
  page,
  product,
  scripts,
}) => {
  test.slow()
  const team = await product.newTeam({ password, samples: false })
  await page.goto('/sign-in')
  await expectMode(page, scripts)
  let status = 0
  for (let n = 0; n < 11; n += 1) {
    await page.goto('/sign-in')
    await page.getByLabel('E-mail address').fill(team.people.viewer.email)
    await page.getByLabel('Password').fill('not this one, surely')
    const answered = page.waitForResponse(response => response.url().endsWith('/sign-in/enter'))
    // The answer leads on to a page: leaving before it is there would interrupt it.
    const arrived = page.waitForEvent('load')
    await page.getByRole('button', { name: 'Sign in' }).click()
    status = (await answered).status()
    await arrived
    if (status === 429) break
  }
  expect(status).toBe(429)
  await expect(page.getByText('15 minutes')).toBeVisible()
})

test('my account: name and time zone are kept and used @no-js', async ({ page, team, signInAs, scripts }) => {
  await signInAs(team.people.viewer)
  await page.goto('/account')
  await expectMode(page, scripts)
  await page.getByLabel('Name', { exact: true }).fill('Zoë Quinn')
  await page.getByLabel('Time zone').selectOption('Asia/Tokyo')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Saved.')).toBeVisible()
  await expect(page.getByText('Zoë Quinn').filter({ visible: true }).first()).toBeVisible()
  if (scripts === 'on') await expectAccessible(page)
})
