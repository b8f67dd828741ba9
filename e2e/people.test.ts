import type { Browser, Page } from '@playwright/test'
import { expect, expectAccessible, expectMode, giveCookie, type Options, test } from './fixtures.ts'
import { password, unique } from './team.ts'

/** Somebody else's browser, driven as the test's own. */
async function otherBrowser(browser: Browser, scripts: Options['scripts']): Promise<Page> {
  const page = await (await browser.newContext()).newPage()
  if (scripts === 'off' && browser.browserType().name() === 'firefox')
    await page.route('**/_next/static/**/*.js*', route => route.abort())
  return page
}

test('an admin invites, changes the role and removes; the invited one joins, and is out at her next click @firefox @no-js', async ({
  page,
  browser,
  product,
  signInAs,
  scripts,
}) => {
  test.slow()
  const team = await product.newTeam({ samples: false })
  const axe = async (on: Page) => void (scripts === 'on' && (await expectAccessible(on)))
  const people = `/w/${team.slug}/settings`
  const email = `zoe-${unique()}@larkfield.example`
  await signInAs(team.people.admin)
  await page.goto(`/w/${team.slug}/positions`)
  await page.getByRole('link', { name: 'People and roles' }).click()
  await expectMode(page, scripts)
  await expect(page.getByText('Nobody is invited at the moment.')).toBeVisible()

  await page.getByRole('link', { name: 'Invite somebody' }).click()
  await page.getByLabel('E-mail address').fill(team.people.viewer.email)
  await expect(page.getByRole('radio', { name: /^Owner/ })).toHaveCount(0)
  await page.getByRole('radio', { name: /^Viewer/ }).check()
  await page.getByRole('button', { name: 'Send the invitation' }).click()
  await expect(page.getByText('in this workspace already')).toBeVisible()
  await expect(page.getByRole('radio', { name: /^Viewer/ })).toBeChecked()
  await page.getByLabel('E-mail address').fill(email)
  await page.getByRole('button', { name: 'Send the invitation' }).click()
  await expect(page.getByText('The invitation is on its way')).toBeVisible()
  const first = await product.invitationPath(email)
  await page.getByRole('link', { name: /^Send again.*zoe/ }).click()
  await page.getByRole('button', { name: 'Send again' }).click()
  await expect(page.getByText('The invitation is sent again')).toBeVisible()
  const path = await product.invitationPath(email)
  await axe(page)

  const hers = await otherBrowser(browser, scripts)
  await hers.goto(first)
  await expectMode(hers, scripts)
  await expect(hers.getByRole('heading', { name: 'This invitation has ended' })).toBeVisible()
  await hers.goto(path)
  await hers.reload()
  await expect(hers.getByText(`${team.people.admin.name} invites you into ${team.name}`)).toBeVisible()
  await expect(hers.getByText('Your role there: Viewer.')).toBeVisible()
  await axe(hers)
  await hers.getByLabel('Your name').fill('Zoë Quinn')
  await hers.getByLabel('Password', { exact: true }).fill('short')
  await hers.getByRole('button', { name: 'Make my account and join' }).click()
  await expect(hers.getByText(/Use at least 15 characters/).first()).toBeVisible()
  await expect(hers.getByLabel('Your name')).toHaveValue('Zoë Quinn')
  await hers.getByLabel('Password', { exact: true }).fill(password)
  await hers.getByRole('button', { name: 'Make my account and join' }).click()
  await hers.waitForURL(`**/w/${team.slug}/positions`)
  await expect(hers.getByRole('link', { name: 'New position' })).toHaveCount(0)

  await page.goto(people)
  await page.getByRole('link', { name: /^Change role.*Zoë Quinn/ }).click()
  await page.getByRole('radio', { name: /^Recruiter/ }).check()
  await page.getByRole('button', { name: 'Change the role' }).click()
  await expect(page.getByText('The role is changed')).toBeVisible()
  await hers.reload()
  await expect(hers.getByRole('link', { name: 'New position' }).first()).toBeVisible()

  await page.getByRole('link', { name: /^Remove.*Zoë Quinn/ }).click()
  await axe(page)
  await page.getByRole('button', { name: 'Remove Zoë Quinn' }).click()
  await expect(page.getByText('The person is removed')).toBeVisible()
  await hers.getByRole('link', { name: 'New position' }).first().click()
  await expect(hers).toHaveURL(/\/sign-in\?next=/)
  await hers.context().close()
})

test('somebody with an account elsewhere proves it, and joins with one press; signed in as another she is told so @no-js', async ({
  page,
  context,
  product,
  signInAs,
  scripts,
  stack,
}) => {
  test.slow()
  const [team, elsewhere] = [
    await product.newTeam({ samples: false }),
    await product.newTeam({ password, samples: false }),
  ]
  const her = elsewhere.people.viewer
  const { path } = await product.newInvitation(team, her.email)
  await signInAs(elsewhere.people.owner)
  await page.goto(path)
  await expectMode(page, scripts)
  await expect(page.getByText(elsewhere.people.owner.email)).toBeVisible()
  await page.getByRole('button', { name: 'Sign out and go on' }).click()
  await expect(page).toHaveURL(path)
  await page.getByLabel('Password', { exact: true }).fill('not the one that it is')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByText('do not go together')).toBeVisible()
  await page.getByLabel('Password', { exact: true }).fill(password)
  if (scripts === 'on') await expectAccessible(page)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('button', { name: `Join ${team.name}` }).click()
  await page.waitForURL(`**/w/${team.slug}/positions`)
  await giveCookie(context, stack, her)
  await page.goto(`/w/${elsewhere.slug}/positions`)
  await expect(page.getByRole('heading', { level: 1, name: 'Positions' })).toBeVisible()
})

test('an old session gives its password on the form, and the last owner stays @no-js', async ({
  page,
  product,
  signInAs,
  scripts,
}) => {
  const team = await product.newTeam({ password, samples: false })
  const { owner, recruiter } = team.people
  const people = `/w/${team.slug}/settings`
  await signInAs(owner)
  await product.sql`update sessions set proven_at = now() - interval '16 minutes' where user_id = ${owner.userId}`
  await page.goto(`${people}?ask=leave`)
  await expectMode(page, scripts)
  await page.getByRole('button', { name: 'Leave this workspace' }).click()
  await expect(page.getByLabel('Your password')).toHaveAttribute('aria-invalid', 'true')
  await page.getByLabel('Your password').fill(password)
  await page.getByRole('button', { name: 'Leave this workspace' }).click()
  await expect(page.getByText('A workspace needs an owner.')).toBeVisible()
  if (scripts === 'on') await expectAccessible(page)
  await page.goto(`${people}?ask=role&member=${recruiter.memberId}`)
  await expect(page.getByLabel('Your password')).toHaveCount(0)
  await page.getByRole('radio', { name: /^Owner/ }).check()
  await page.getByRole('button', { name: 'Change the role' }).click()
  await page.goto(`${people}?ask=leave`)
  await page.getByRole('button', { name: 'Leave this workspace' }).click()
  // She belongs to the partner: signed in still, and led to its customers.
  await expect(page).toHaveURL('/partner/customers')
})
