import type { Page } from '@playwright/test'
import { expect, expectAccessible, test } from '../fixtures.ts'
import { awaitDoctor, completeConnection, giveKey, linkJob } from '../walk/walk.ts'
import { screensOf } from './list.ts'

/** What holds for every page: one h1, a title, its language, a skip link that leads into the content. */
async function expectWellMade(page: Page, name: string): Promise<void> {
  await expect(page.locator('h1'), name).toHaveCount(1)
  await expect(page, name).toHaveTitle(/\S/)
  await expect(page.locator('html'), name).toHaveAttribute('lang', 'en')
  const skip = page.getByRole('link', { name: 'Skip to the content' })
  if ((await page.getByRole('dialog').count()) > 0) return
  // A page with nothing before its content has nothing to skip.
  if ((await page.locator('nav, header').count()) === 0) return
  await skip.focus()
  await expect(skip, name).toBeInViewport()
  await page.keyboard.press('Enter')
  await expect(page.locator('#main'), name).toBeFocused()
}

const expectNoSideways = async (page: Page, name: string) => {
  const { scrolls, shows } = await page.evaluate(() => ({
    scrolls: document.documentElement.scrollWidth,
    shows: document.documentElement.clientWidth,
  }))
  expect.soft(scrolls, `${name} at ${shows} px`).toBeLessThanOrEqual(shows)
}

test.describe('light, 1280 px', () => {
  test.use({ viewport: { width: 1280, height: 900 } })

  test('axe finds nothing on any screen, and each is well made', async ({
    page,
    team,
    account,
    product,
    sandbox,
    signInAs,
  }) => {
    test.setTimeout(180_000)
    await signInAs(team.people.owner)
    const { screens } = await screensOf(team, account, product, sandbox)
    for (const [name, path] of screens) {
      await test.step(name, async () => {
        await page.goto(path)
        await expectAccessible(page)
        await expectWellMade(page, name)
      })
    }
  })
})

test.describe('dark, narrow', () => {
  test.use({ viewport: { width: 390, height: 844 }, colorScheme: 'dark' })

  test('axe finds nothing on any dark screen of 390 px, and none scrolls sideways at 390 or 320 px', async ({
    page,
    team,
    account,
    product,
    sandbox,
    signInAs,
  }) => {
    test.setTimeout(180_000)
    await signInAs(team.people.owner)
    const { screens, walk, other } = await screensOf(team, account, product, sandbox)
    const look = (name: string) =>
      test.step(name, async () => {
        await page.setViewportSize({ width: 390, height: 844 })
        await expectAccessible(page)
        await expectNoSideways(page, name)
        await page.setViewportSize({ width: 320, height: 700 })
        await expectNoSideways(page, name)
      })
    for (const [name, path] of screens) {
      await page.goto(path)
      await look(name)
    }
    await page.goto(`${walk}/enter/api_key`)
    await giveKey(page, (await sandbox.token(other.subdomain, { scopes: ['r_jobs'] })).token)
    await awaitDoctor(page, 'This key cannot read candidates')
    await look('doctor, box missing')
    await page.getByLabel('Paste the new key').fill((await sandbox.token(other.subdomain)).token)
    await page.getByRole('button', { name: 'Check again' }).click()
    await completeConnection(page)
    await look('job')
    await linkJob(page, /^Baker/)
    await look('done')
  })
})

test('the sign-in, as it is and after a refusal, is accessible and well made', async ({ page }) => {
  await page.goto('/sign-in')
  await expectWellMade(page, 'sign-in')
  await page.getByLabel('E-mail address').fill('nobody@example.com')
  await page.getByLabel('Password').fill('not the password of anybody')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.getByText(/do not go together/)).toBeVisible()
  await expect(page.getByLabel('Password')).toHaveValue('')
  await expectAccessible(page)
})
