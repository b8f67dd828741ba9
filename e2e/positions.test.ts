import { expect, expectAccessible, expectMode, test } from './fixtures.ts'

test('a position is made, edited, closed and reopened; a refusal keeps what was typed @no-js', async ({
  page,
  product,
  signInAs,
  scripts,
}) => {
  const team = await product.newTeam({ samples: false })
  await signInAs(team.people.recruiter)
  await page.goto(`/w/${team.slug}`)
  await expectMode(page, scripts)
  await expect(page.getByText('No open position yet')).toBeVisible()
  if (scripts === 'on') await expectAccessible(page)
  await page.getByRole('link', { name: 'New position' }).first().click()
  await page.getByLabel('Title').fill('<img src=x onerror=alert(1)> مدير')
  await page.getByLabel('Place').fill('x'.repeat(200))
  await page.getByRole('button', { name: 'Make position' }).click()
  await expect(page.getByText('Place: This is longer than 120 characters')).toBeVisible()
  await expect(page.getByLabel('Title')).toHaveValue('<img src=x onerror=alert(1)> مدير')
  if (scripts === 'on') await expectAccessible(page)
  await page.getByLabel('Place').fill('Rotterdam')
  await page.getByRole('button', { name: 'Make position' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('<img src=x onerror=alert(1)> مدير')
  await expect(page.getByRole('button', { name: 'Connect position to ATS' })).toBeVisible()
  if (scripts === 'on') await expectAccessible(page)
  await page.getByRole('main').getByRole('link', { name: 'Settings' }).click()
  await page.getByLabel('Title').fill('Head baker')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Head baker')
  await page.getByRole('button', { name: 'Close position' }).click()
  await expect(page.getByText('A closed position cannot be connected')).toBeVisible()
  if (scripts === 'on') await expectAccessible(page)
  await page.getByRole('button', { name: 'Reopen position' }).click()
  await expect(page.getByRole('button', { name: 'Connect position to ATS' })).toBeVisible()
})

test('search, filters and order stand in the address, and Back undoes them @no-js', async ({
  page,
  team,
  signInAs,
  scripts,
}) => {
  await signInAs(team.people.recruiter)
  const home = `/w/${team.slug}/positions`
  await page.goto(home)
  await expectMode(page, scripts)
  await expect(page.getByRole('row')).toHaveCount(25)
  await page.getByLabel('Search positions').fill('MUNCHEN')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(`${home}?q=MUNCHEN`)
  await expect(page.getByRole('row')).toHaveCount(2)
  await page.goBack()
  await expect(page.getByRole('row')).toHaveCount(25)
  await page.getByRole('main').getByText('Department', { exact: true }).first().click()
  await page.getByRole('link', { name: 'Compliance', exact: true }).click()
  await expect(page.getByRole('row')).toHaveCount(4)
  await page.getByRole('link', { name: /^Position$/ }).click()
  await expect(page).toHaveURL(`${home}?department=Compliance&sort=title`)
  await expect(page.getByRole('row').nth(1)).toContainText('Customs Broker')
  if (scripts === 'on') await expectAccessible(page)
  await page.getByLabel('Search positions').fill('nothing like it')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Nothing found')).toBeVisible()
  await page.getByRole('link', { name: 'Clear' }).click()
  await expect(page).toHaveURL(home)
})

test("a viewer sees everything and finds nothing to press; another workspace's people see a 404", async ({
  page,
  product,
  team,
  signInAs,
}) => {
  test.slow()
  const elsewhere = await product.newTeam({ samples: false })
  await signInAs(team.people.viewer)
  await page.goto(`/w/${team.slug}/positions`)
  await expect(page.getByRole('row')).toHaveCount(25)
  await expect(page.getByRole('button', { name: 'Connect ATS' })).toHaveCount(0)
  await expect(page.getByRole('link', { name: 'New position' })).toHaveCount(0)
  await page.getByRole('link', { name: 'Settings of People Partner' }).click()
  await expect(page.getByText('A recruiter or an admin of the workspace can connect it')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Save' })).toHaveCount(0)
  await expectAccessible(page)
  const address = page.url()
  await page.goto(`/w/${team.slug}/settings`)
  await expect(page.getByRole('heading', { name: 'What each role may do' })).toBeVisible()
  await expectAccessible(page)
  await signInAs(elsewhere.people.owner)
  for (const path of [address, `/w/${team.slug}/settings`, `/w/${team.slug}/positions`]) {
    expect((await page.goto(path))?.status()).toBe(404)
    await expect(page.getByText('This page is not here')).toBeVisible()
  }
  await expectAccessible(page)
})

test('at 390 pixels nothing is cut off and every row is a card', async ({ page, team, signInAs }) => {
  test.slow()
  await signInAs(team.people.owner)
  await page.setViewportSize({ width: 390, height: 844 })
  for (const path of ['positions', 'positions/new', 'settings']) {
    await page.goto(`/w/${team.slug}/${path}`)
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(over, path).toBeLessThanOrEqual(0)
    await expectAccessible(page)
  }
})
