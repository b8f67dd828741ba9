import { expect, test } from '../fixtures.ts'
import { password } from '../team.ts'

// Taken out with: `again` in `app/(public)/sign-in/page.tsx`.
test('an old session gives its password once more, and goes on where it was @no-js', async ({
  page,
  product,
  signInAs,
}) => {
  const team = await product.newTeam({ password })
  const { owner } = team.people
  await signInAs(owner)
  const next = `/w/${team.slug}/integrations`
  const again = `/sign-in?again=yes&next=${encodeURIComponent(next)}`
  await page.goto(again)
  await expect(page).toHaveURL(next)

  await product.sql`update sessions set proven_at = now() - interval '16 minutes' where user_id = ${owner.userId}`
  await page.goto(again)
  await expect(page.getByText('Your password once more')).toBeVisible()
  await expect(page.getByLabel('E-mail address')).toHaveValue(owner.email)
  await page.getByLabel('Password', { exact: true }).fill('not the one that it is')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByText('Your password once more')).toBeVisible()
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page).toHaveURL(next)
})
