import { expect, type Locator, type Page } from '@playwright/test'
import type { Account } from '../sandbox.ts'

/** The screens of the wizard, one function a screen: each does what a person does there and waits for the next one. */

export const next = (page: Page) => page.getByRole('button', { name: 'Next', exact: true })

/** From a position's settings into the wizard. */
export async function openWizard(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Connect position to ATS' }).click()
  await page.waitForURL(/\/link\/[\w-]+\/ats$/)
}

/** Picks the sandbox, the key, "I am an admin", and agrees: to the screen of the subdomain. */
export async function chooseAndAllow(page: Page, permissions?: 'read'): Promise<void> {
  await page.getByRole('button', { name: /^Workable sandbox/ }).click()
  await page.waitForURL('**/how')
  await page.getByRole('button', { name: /^Use my API key or access token \(recommended\)/ }).click()
  await page.waitForURL('**/admin')
  await page.getByRole('button', { name: /^I am an admin/ }).click()
  await page.waitForURL('**/permissions')
  if (permissions === 'read') await page.getByRole('radio', { name: /^Read only/ }).check()
  await next(page).click()
  await page.waitForURL(/\/enter(\/subdomain)?$/)
}

/** Enters the subdomain: to the screen of the key. */
export async function giveSubdomain(page: Page, typed: string): Promise<void> {
  await page.getByLabel('Subdomain', { exact: true }).fill(typed)
  await next(page).click()
  await page.waitForURL('**/enter/api_key')
}

/** Enters the key: to the doctor. */
export async function giveKey(page: Page, key: string): Promise<void> {
  await page.getByLabel('API key', { exact: true }).fill(key)
  await next(page).click()
  await page.waitForURL('**/check')
}

/** From a position's settings to the screen of the key. */
export async function walkToKey(page: Page, position: { path: string }, account: Account): Promise<void> {
  await page.goto(`${position.path}/settings`)
  await openWizard(page)
  await chooseAndAllow(page)
  await giveSubdomain(page, account.subdomain)
}

/** Waits until the doctor's page has this title; looks again by hand where a page cannot do so by itself. */
export async function awaitDoctor(page: Page, title: string | RegExp, reload = false): Promise<void> {
  const heading = page.getByRole('heading', { level: 1, name: title })
  if (!reload) return expect(heading).toBeVisible({ timeout: 25_000 })
  await expect(async () => {
    if (!(await heading.isVisible())) await page.reload()
    await expect(heading).toBeVisible({ timeout: 500 })
  }).toPass({ timeout: 25_000 })
}

export const itWorks = 'Your key works. Next completes the connection.'

/** The doctor is content: makes the connection and waits for the jobs. */
export async function completeConnection(page: Page, reload = false): Promise<void> {
  await awaitDoctor(page, itWorks, reload)
  await next(page).click()
  await awaitJobs(page, reload)
}

/** Waits for the account's jobs, once there is a connection. */
export async function awaitJobs(page: Page, reload = false): Promise<void> {
  await page.waitForURL('**/job')
  const link = page.getByRole('button', { name: 'Link this job' })
  if (!reload) return expect(link).toBeVisible({ timeout: 25_000 })
  await expect(async () => {
    if (!(await link.isVisible())) await page.reload()
    await expect(link).toBeVisible({ timeout: 500 })
  }).toPass({ timeout: 25_000 })
}

/** Chooses a job by its title: to the end. */
export async function linkJob(page: Page, job: string | RegExp): Promise<void> {
  await page.getByRole('radio', { name: job }).first().check()
  await page.getByRole('button', { name: 'Link this job' }).click()
  await page.waitForURL('**/done')
}

/** Waits for somebody in the list of a position's candidates. So soon after a check the rate limit may want a pause first. */
export async function awaitCandidate(page: Page, row: Locator): Promise<void> {
  await expect(async () => {
    if (!(await row.isVisible())) await page.reload()
    await expect(row).toBeVisible({ timeout: 4_000 })
  }).toPass({ timeout: 40_000 })
}
