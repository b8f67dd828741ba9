import { expect, expectAccessible, test } from './fixtures.ts'
import { password } from './team.ts'

test('the set-up address makes the owner, her workspace and sample positions, once', async ({
  page,
  stack,
}) => {
  await page.goto(String(stack.setUpUrl))
  await expectAccessible(page)
  await page.getByLabel('Your company').fill('Corvane')
  await page.getByLabel('First workspace').fill('Larkfield Logistics')
  await page.getByLabel('Your name').fill('Mariana Oyelaran-Whitcombe')
  await page.getByLabel('Your e-mail address').fill('mariana@larkfield.example')
  await page.getByLabel('Password').fill('short')
  await page.getByRole('button', { name: 'Set up and sign in' }).click()
  await expect(page.getByRole('alert', { name: 'One thing needs another look' })).toBeVisible()
  await expect(page.getByLabel('Your name')).toHaveValue('Mariana Oyelaran-Whitcombe')
  await expect(page.getByLabel('Password')).toHaveValue('')
  await expectAccessible(page)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Set up and sign in' }).click()
  await page.waitForURL('**/w/larkfield-logistics/positions')
  await expect(page.getByRole('heading', { level: 1, name: 'Positions' })).toBeVisible()
  await expect(page.getByText('24 open')).toBeVisible()
  await page.goto(String(stack.setUpUrl))
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This set-up address has ended')
})
