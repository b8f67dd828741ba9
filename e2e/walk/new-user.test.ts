import type { Page } from '@playwright/test'
import { expect, expectMode, type Options, type Stack, test } from '../fixtures.ts'
import { password, type Team } from '../team.ts'
import { followGuide } from './back-office.ts'
import {
  awaitCandidate,
  chooseAndAllow,
  completeConnection,
  giveKey,
  giveSubdomain,
  linkJob,
  openWizard,
} from './walk.ts'

const title = 'Senior Warehouse Operations Manager, Night Shift'

type Around = { stack: Stack; scripts: Options['scripts'] }

/** From the sign-in to candidates at the position, as somebody who does it for the first time; the sandbox's own company. */
async function walk(page: Page, { stack, scripts }: Around, team: Team) {
  const reload = scripts === 'off'
  const larkfield = stack.sandboxOrigin.replace('//', '//larkfield.')
  await page.goto('/')
  await expectMode(page, scripts)
  await page.getByLabel('E-mail address').fill(team.people.recruiter.email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL(`**/w/${team.slug}/positions`)
  await page.getByRole('link', { name: `Settings of ${title}` }).click()
  await page.waitForURL('**/settings')
  await openWizard(page)
  await expectMode(page, scripts)
  await chooseAndAllow(page)
  await giveSubdomain(page, `${larkfield}/backend/jobs?x#y`)
  const key = await followGuide(page, /^Søren|Soren|soren@/)
  await giveKey(page, key)
  await completeConnection(page, reload)
  expect(await page.content()).not.toContain(key)
  await expect(page.getByText('Suggested', { exact: true })).toBeVisible()
  expect(await page.getByRole('radio', { checked: true }).count(), 'nothing is chosen silently').toBe(0)
  await linkJob(page, /^Sr\. Warehouse Operations Manager/)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Connected. The position is linked.')
  const first = page.getByRole('main')
  await expect(first.getByText(/^The first candidates of/)).toBeVisible()
  await page.getByRole('button', { name: 'It went well' }).click()
  await expect(page.getByText('Thank you, this is kept.')).toBeVisible()
  await page.getByRole('link', { name: 'Open the position' }).click()
  await page.waitForURL(/\/positions\/[\w-]{36}$/)
  await expect(page.getByText('Linked with Workable')).toBeVisible()
  const rows = page.getByRole('table', { name: 'Candidates' }).getByRole('row')
  await awaitCandidate(page, rows.nth(3))
  await expect(rows.nth(1)).toContainText(/\w+ \w+.*(Applied|Sourced|Phone|Interview|Offer|Assessment|Hired)/)
}

test('a recruiter connects a position for the first time @firefox @no-js', async ({
  page,
  product,
  stack,
  scripts,
}) => {
  const team = await product.newTeam({ password })
  await walk(page, { stack, scripts }, team)
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } })

  test('a recruiter connects a position on a screen of 390 px', async ({ page, product, stack, scripts }) => {
    const team = await product.newTeam({ password })
    await walk(page, { stack, scripts }, team)
  })
})

test.describe('in the dark', () => {
  test.use({ colorScheme: 'dark' })

  test('a recruiter connects a position in a dark browser', async ({ page, product, stack, scripts }) => {
    const team = await product.newTeam({ password })
    await page.goto('/')
    expect(await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(true)
    const back = await page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    await walk(page, { stack, scripts }, team)
    expect(back).not.toBe('rgb(255, 255, 255)')
  })
})
