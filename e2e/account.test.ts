import type { Browser, Page } from '@playwright/test'
import { expect, expectAccessible, expectMode, giveCookie, type Stack, test } from './fixtures.ts'
import type { Product } from './product.ts'
import { type Person, password, unique } from './team.ts'

const other = 'copper violin under seven maples'

/** Another browser of the same person. */
async function otherBrowser(browser: Browser, stack: Stack, product: Product, person: Person): Promise<Page> {
  const context = await browser.newContext({ baseURL: stack.appUrl })
  await giveCookie(context, stack, { cookie: await product.cookieOf(person.userId) })
  return context.newPage()
}

const isOut = (page: Page) => expect(page).toHaveURL(/\/sign-in/)

/** The address in the newest mail of a kind to a person, opened as whoever sends it would. */
async function linkTo(product: Product, person: Person): Promise<string> {
  const { transaction } = await import('#lib/db/client.ts')
  const { openLink } = await import('#lib/mail/sealed-link.ts')
  let path = ''
  await expect(async () => {
    const [mail] = await product.sql`select id, partner_id, sealed_link from mails
      where user_id = ${person.userId} and kind = 'password_reset' order by created_at desc limit 1`
    const { id, partner_id: partnerId, sealed_link: sealed } = mail ?? {}
    path = await transaction(tx =>
      openLink(tx, { id: String(id), partnerId: String(partnerId) }, String(sealed)),
    )
  }).toPass()
  return path
}

async function signInByForm(page: Page, email: string, secret: string): Promise<void> {
  await page.goto('/sign-in')
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(secret)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

test('A-110 a changed password signs the other browser out at its next click @firefox @no-js', async ({
  page,
  browser,
  stack,
  product,
  signInAs,
  scripts,
}) => {
  const team = await product.newTeam({ password, samples: false })
  const { recruiter } = team.people
  const elsewhere = await otherBrowser(browser, stack, product, recruiter)
  await elsewhere.goto(`/w/${team.slug}/positions`)
  await signInAs(recruiter)
  await page.goto('/account')
  await expectMode(page, scripts)
  await page.getByLabel('Current password').fill('not the one that it is')
  await page.getByLabel('New password').fill(other)
  await page.getByRole('button', { name: 'Change password' }).click()
  await expect(page.getByText('This is not your password').first()).toBeVisible()
  await expect(page.getByLabel('New password')).toHaveValue('')
  if (scripts === 'on') await expectAccessible(page)
  await page.getByLabel('Current password').fill(password)
  await page.getByLabel('New password').fill(other)
  await page.getByRole('button', { name: 'Change password' }).click()
  await expect(page.getByText('Your password is changed.')).toBeVisible()
  await elsewhere.getByRole('link', { name: 'Integrations' }).first().click()
  await isOut(elsewhere)
  await page.reload()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('My account')
  await signInByForm(elsewhere, recruiter.email, other)
  await expect(elsewhere).toHaveURL(new RegExp(`/w/${team.slug}/positions`))
  await elsewhere.context().close()
})

test('A-110 she sees where she is signed in, signs one browser out, then all others @no-js', async ({
  page,
  browser,
  stack,
  product,
  signInAs,
  scripts,
}) => {
  const team = await product.newTeam({ samples: false })
  const { owner } = team.people
  await product.sql`update sessions set ended_at = now() where user_id = ${owner.userId}`
  const [one, two, three] = [
    await otherBrowser(browser, stack, product, owner),
    await otherBrowser(browser, stack, product, owner),
    await otherBrowser(browser, stack, product, owner),
  ]
  for (const each of [one, two, three]) await each.goto('/account')
  await signInAs({ ...owner, cookie: await product.cookieOf(owner.userId) })
  await page.goto('/account')
  await expectMode(page, scripts)
  await expect(page.getByText('This browser', { exact: true })).toHaveCount(1)
  const lines = page.getByRole('listitem').filter({ hasText: 'last used' })
  await expect(lines).toHaveCount(4)
  await lines
    .nth(1)
    .getByRole('button', { name: /^Sign out/ })
    .click()
  await expect(page.getByText('That browser is signed out.')).toBeVisible()
  await expect(lines).toHaveCount(3)
  if (scripts === 'on') await expectAccessible(page)
  await page.getByRole('button', { name: 'Sign out everywhere else' }).click()
  await expect(page.getByText('You are signed out everywhere else.')).toBeVisible()
  await expect(page.getByText('You are signed in nowhere else.')).toBeVisible()
  for (const each of [one, two, three]) {
    await each.reload()
    await isOut(each)
    await each.context().close()
  }
  await page.goto(`/w/${team.slug}/settings/audit?kind=session`)
  await expect(page.getByRole('row', { name: /Signed out everywhere else/ })).toContainText(owner.name)
})

test('a forgotten password: a link by mail sets a new one, once, and every sign-in ends @firefox @no-js', async ({
  page,
  browser,
  stack,
  product,
  scripts,
}) => {
  const team = await product.newTeam({ password, samples: false })
  const { viewer } = team.people
  const elsewhere = await otherBrowser(browser, stack, product, viewer)
  await elsewhere.goto('/account')
  await page.goto('/sign-in')
  await expectMode(page, scripts)
  await page.getByRole('link', { name: 'Forgot your password?' }).click()
  await page.getByLabel('E-mail address').fill(viewer.email.toUpperCase())
  if (scripts === 'on') await expectAccessible(page)
  await page.getByRole('button', { name: 'Send the link' }).click()
  await expect(page).toHaveURL(/\/password\/sent$/)
  await expect(page.getByText('If somebody signs in with that address')).toBeVisible()
  if (scripts === 'on') await expectAccessible(page)
  const path = await linkTo(product, viewer)
  await page.goto(path)
  await page.reload()
  await page.getByLabel('New password').fill('short')
  await page.getByRole('button', { name: 'Set the password' }).click()
  await expect(page.getByText('Use at least 15 characters')).toBeVisible()
  if (scripts === 'on') await expectAccessible(page)
  await page.getByLabel('New password').fill(other)
  await page.getByRole('button', { name: 'Set the password' }).click()
  await expect(page.getByText('Your new password is set.')).toBeVisible()
  await elsewhere.reload()
  await isOut(elsewhere)
  await elsewhere.context().close()
  await page.goto(path)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This link has ended')
  await signInByForm(page, viewer.email, other)
  await expect(page).toHaveURL(new RegExp(`/w/${team.slug}/positions`))
})

test('the partner adds a workspace, is led into it, and switches; two tabs never mix @no-js', async ({
  page,
  context,
  product,
  signInAs,
  scripts,
}) => {
  const team = await product.newTeam({ password })
  const { owner } = team.people
  await signInAs(owner)
  const name = `Bakery ${unique()}`
  await page.goto('/partner/customers')
  await expectMode(page, scripts)
  await product.sql`update sessions set proven_at = now() - interval '16 minutes' where user_id = ${owner.userId}`
  await page.getByRole('link', { name: 'Add a workspace' }).click()
  await page.getByLabel('Customer').fill(name)
  if (scripts === 'on') await expectAccessible(page)
  await page.getByLabel('Your password').fill('not the one that it is')
  await page.getByRole('button', { name: 'Make the workspace' }).click()
  await expect(page.getByText('This is not your password').first()).toBeVisible()
  await expect(page.getByLabel('Customer')).toHaveValue(name)
  await page.getByLabel('Your password').fill(password)
  await page.getByRole('button', { name: 'Make the workspace' }).click()
  await expect(page).toHaveURL(/\/w\/bakery-[0-9a-f]+\/positions$/)
  await expect(page.getByText('No open position yet')).toBeVisible()
  const second = await context.newPage()
  await second.goto(`/w/${team.slug}/positions`)
  await page.reload()
  await expect(page.getByText('No open position yet')).toBeVisible()
  await page.locator('summary').filter({ hasText: name }).filter({ visible: true }).click()
  await page.getByRole('link', { name: team.name }).filter({ visible: true }).click()
  await expect(page).toHaveURL(`/w/${team.slug}/positions`)
  await second.goto('/partner/customers?q=bakery')
  await second.getByRole('link', { name }).filter({ visible: true }).last().click()
  await expect(second).toHaveURL(/\/w\/bakery-/)
})

/** Sixty workspaces besides her own. */
async function joinSixty(product: Product, person: Person, partnerId: string): Promise<void> {
  await product.sql`with made as (
      insert into workspaces (id, partner_id, slug, name)
      select gen_random_uuid(), ${partnerId}, 'many-' || n || '-' || left(${person.userId}, 8), 'Harbour branch ' || n
      from generate_series(1, 60) n returning id)
    insert into members (id, workspace_id, user_id, role) select gen_random_uuid(), id, ${person.userId}, 'viewer' from made`
}

for (const width of [1280, 390])
  test(`with sixty workspaces the menu stays short, and any of them is a search away, at ${width} px by keyboard @no-js`, async ({
    page,
    team,
    product,
    signInAs,
    scripts,
  }) => {
    const { owner } = team.people
    await joinSixty(product, owner, team.partnerId)
    await page.setViewportSize({ width, height: 844 })
    await signInAs(owner)
    await page.goto(`/w/${team.slug}/positions`)
    await expectMode(page, scripts)
    const opener = page.locator('summary').filter({ visible: true }).first()
    await opener.focus()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('link', { name: 'Harbour branch' }).filter({ visible: true })).toHaveCount(11)
    const all = page.getByRole('link', { name: 'All your workspaces' }).filter({ visible: true })
    await all.focus()
    await expect(all).toBeInViewport()
    await page.keyboard.press('Enter')
    await page.getByRole('searchbox', { name: 'Search your workspaces' }).fill('branch 57')
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/q=branch/)
    if (scripts === 'on') await expectAccessible(page)
    const found = page.getByRole('main').getByRole('link', { name: 'Harbour branch 57' })
    await found.focus()
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/\/w\/many-57-/)
  })
