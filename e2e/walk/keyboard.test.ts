import type { Locator, Page } from '@playwright/test'
import { expect, test } from '../fixtures.ts'
import { awaitDoctor, itWorks } from './walk.ts'

/** Tab until this has the focus, which has to be seen; nothing is clicked. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible({ timeout: 25_000 })
  for (let presses = 0; presses < 90; presses += 1) {
    await page.keyboard.press('Tab')
    if (!(await target.evaluate(element => element === document.activeElement))) continue
    expect(await target.evaluate(showsFocus), `the focus shows on ${target}`).toBe(true)
    return
  }
  throw new Error(`Tab does not come to ${target}`)
}

/** An outline on the element, or on the frame or card around it. */
function showsFocus(element: Element): boolean {
  for (let at: Element | null = element, up = 0; at && up < 4; at = at.parentElement, up += 1) {
    const { outlineStyle, outlineWidth } = getComputedStyle(at)
    if (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0) return true
  }
  return false
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first()

test('the whole walk is made with Tab, Enter and Space alone, and the focus is always seen', async ({
  page,
  team,
  product,
  sandbox,
  account,
  signInAs,
}) => {
  await signInAs(team.people.recruiter)
  const position = await product.newPosition(team, 'Baker')
  const press = async (target: Locator, url: string | RegExp, key = 'Enter') => {
    await tabTo(page, target)
    await page.keyboard.press(key)
    await page.waitForURL(url)
  }
  const type = async (label: string, text: string) => {
    await tabTo(page, page.getByLabel(label, { exact: true }))
    await page.keyboard.insertText(text)
  }
  await page.goto(`${position.path}/settings`)
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused()
  await page.keyboard.press('Enter')
  await press(button(page, 'Connect position to ATS'), '**/ats')
  await press(button(page, /^Workable sandbox/), '**/how', 'Space')
  await press(button(page, /^Use my API key/), '**/admin')
  await press(button(page, /^I am an admin/), '**/permissions', 'Space')
  await press(button(page, /^Next/), '**/enter/subdomain')
  await type('Subdomain', account.subdomain)
  await press(button(page, /^Next/), '**/enter/api_key')
  await type('API key', (await sandbox.token(account.subdomain)).token)
  await press(button(page, /^Next/), '**/check')
  await awaitDoctor(page, itWorks)
  await press(button(page, /^Next/), '**/job')
  await tabTo(page, page.getByRole('radio', { name: /^Baker/ }))
  await page.keyboard.press('Space')
  await press(button(page, 'Link this job'), '**/done')
  await press(page.getByRole('link', { name: 'Open the position' }), /\/positions\/[\w-]{36}$/)
  await expect(page.getByText('Linked with Workable')).toBeVisible()
})
