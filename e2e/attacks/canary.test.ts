import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '../fixtures.ts'
import { awaitCandidate, completeConnection, giveKey, linkJob } from '../walk/walk.ts'

// The defence: `Secret`, `sealFor`, and a doctor that runs in a task with ids alone.
test('A-091, A-092, A-093 a whole walk, with a key and a password that can be searched for, leaves neither anywhere', async ({
  page,
  product,
  sandbox,
  stack,
  account,
}) => {
  test.slow()
  const password = product.newCanary()
  const team = await product.newTeam({ password })
  const { token } = await sandbox.token(account.subdomain)
  const refused = product.newCanary()
  const seen: Promise<string>[] = []
  page.on('response', response => {
    if (response.url().startsWith(stack.appUrl)) seen.push(response.text().catch(() => ''))
  })
  await page.goto('/sign-in')
  await page.getByLabel('E-mail address').fill(team.people.owner.email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL('**/positions')
  const walk = await product.newWalkAtKey(team, account, 'owner')
  await page.goto(`${walk}/enter/api_key`)
  await giveKey(page, refused)
  await expect(page.getByLabel('Paste the new key')).toBeVisible({ timeout: 25_000 })
  await page.getByLabel('Paste the new key').fill(token)
  await page.getByRole('button', { name: 'Check again' }).click()
  await completeConnection(page)
  await linkJob(page, /^Baker/)
  await page.getByRole('link', { name: 'Open the position' }).click()
  const candidate = page.getByRole('rowheader', { name: 'Amina Okafor Baker' })
  await awaitCandidate(page, candidate)

  const browser = (await Promise.all(seen)).join('\n')
  const logs = ['server', 'worker']
    .map(name => readFileSync(path.join(stack.logs, `${name}.log`), 'utf8'))
    .join('\n')
  expect(browser.length).toBeGreaterThan(100_000)
  expect(logs).toContain(walk)
  for (const secret of [password, refused, token]) {
    expect(product.leaksIn(browser, secret)).toEqual([])
    expect(product.leaksIn(logs, secret)).toEqual([])
    expect(await product.leaksInDatabase(secret)).toEqual([])
  }
})
