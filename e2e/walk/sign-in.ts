import { expect, type Page } from '@playwright/test'
import { awaitJobs, linkJob, next, openWizard } from './walk.ts'

/** The screens of signing in at the ATS, ours and theirs. */

/** From a position's settings to the screen of the sign-in. */
export async function walkToSignIn(page: Page, position: { path: string }): Promise<void> {
  await page.goto(`${position.path}/settings`)
  await openWizard(page)
  await page.getByRole('button', { name: /^Workable sandbox/ }).click()
  await page.waitForURL('**/how')
  await page.getByRole('button', { name: /^Sign in with Workable/ }).click()
  await page.waitForURL('**/admin')
  await expect(page.getByText('Who signs in decides what can be seen.', { exact: false })).toBeVisible()
  await page.getByRole('button', { name: /^I sign in myself/ }).click()
  await page.waitForURL('**/permissions')
  await next(page).click()
  await page.waitForURL('**/sign-in')
}

export const start = (page: Page) => page.getByRole('button', { name: /^Sign in (with Workable|once more)$/ })
export const use = (page: Page) => page.getByRole('button', { name: 'Use this account' })
export const title = (page: Page) => page.getByRole('heading', { level: 1 })

/** Presses what opens a window, and gives the window. */
export async function opened(page: Page, press = start(page)): Promise<Page> {
  const opening = page.waitForEvent('popup')
  await press.click()
  const there = await opening
  await there.waitForURL(/\/oauth\//)
  return there
}

/** Says over there who she is, as somebody whom it does not know yet: to the question. */
export async function enter(there: Page, email: string): Promise<void> {
  await there.waitForURL(/\/oauth\//)
  const address = there.locator('input[name=email]')
  await address.fill(email)
  await address.press('Enter')
  await there.getByRole('button', { name: 'Allow', exact: true }).waitFor()
}

/** What she does over there, in whatever window it is. */
export async function consent(
  there: Page,
  email: string,
  decision: 'Allow' | 'Deny' = 'Allow',
): Promise<void> {
  await enter(there, email)
  await there.getByRole('button', { name: decision, exact: true }).click()
}

/** Forgets over there who she is. */
export async function signOutThere(page: Page): Promise<void> {
  await page.context().clearCookies({ domain: /workable\.localhost$/ })
}

/** Chooses the job, and is connected. */
export async function finish(page: Page, reload = false): Promise<void> {
  await awaitJobs(page, reload)
  await linkJob(page, /./)
  await expect(title(page)).toHaveText('Connected. The position is linked.')
}
