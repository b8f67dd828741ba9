import { expect, expectAccessible, test } from '../fixtures.ts'
import { awaitCandidate, awaitDoctor, giveKey, itWorks, linkJob, next } from '../walk/walk.ts'

test('New authentication is one form in the order and the words of other guides, then the doctor', async ({
  page,
  team,
  account,
  product,
  sandbox,
  signInAs,
}) => {
  await signInAs(team.people.admin)
  await page.goto(`/w/${team.slug}/integrations`)
  await page.getByRole('link', { name: /^Add Workable sandbox/ }).click()
  await expect(page.getByRole('heading', { name: 'Workflow settings' })).toBeVisible()
  await page.getByRole('button', { name: 'New authentication' }).click()
  await page.waitForURL('**/how')
  await page.getByRole('button', { name: /^Use my API key or access token \(recommended\)/ }).click()
  await page.getByRole('button', { name: /^I am an admin/ }).click()
  await page.waitForURL('**/permissions')
  await next(page).click()
  await page.waitForURL('**/enter')
  const labels = await page.locator('form label').allInnerTexts()
  const shown = labels.map(label => label.split('\n')[0]?.trim()).filter(Boolean)
  expect(shown.slice(0, 4)).toEqual([
    'Authentication Name',
    'Access Token',
    'Subdomain',
    'Partner Client ID (Optional)',
  ])
  await expect(page.getByText('Also called API key')).toBeVisible()
  await expect(page.getByLabel('Authentication Name')).not.toHaveValue('')
  await expect(page.getByLabel('Subdomain', { exact: true })).toHaveAttribute('placeholder', 'Enter value')
  await expect(page.getByRole('heading', { name: 'Make the key in Workable' })).toBeVisible()
  await expectAccessible(page)
  await page.getByLabel('Authentication Name').fill('Ours, by hand')
  await page.getByLabel('Access Token', { exact: true }).fill((await sandbox.token(account.subdomain)).token)
  await page.getByLabel('Subdomain', { exact: true }).fill(account.subdomain)
  await next(page).click()
  await awaitDoctor(page, itWorks)
  await next(page).click()
  await page.waitForURL('**/numbers')
  await page.getByRole('button', { name: 'Not now' }).click()
  await page.waitForURL('**/done')
  await page.getByRole('link', { name: 'Later' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Ours, by hand' })).toBeVisible()
  expect((await product.connectionsOf(team)).map(({ name }) => name)).toEqual(['Ours, by hand'])
})

test('a revoked key is found by Check now; a new one mends the connection, and its links stay', async ({
  page,
  team,
  account,
  product,
  sandbox,
  signInAs,
}) => {
  await signInAs(team.people.owner)
  const remoteRef = await sandbox.newJob(account, { title: 'Roaster' })
  const connection = await product.newConnection(team, sandbox, account)
  const link = await product.newLink(team, connection.id, { title: 'Roaster', remoteRef })
  const address = `/w/${team.slug}/integrations/workable/${connection.id}`
  await sandbox.revoke(connection.tokenId)
  await page.goto(address)
  await page.getByRole('button', { name: 'Check now' }).click()
  await expect(page.getByText('Needs a new key').first()).toBeVisible({ timeout: 25_000 })
  await page.goto(`/w/${team.slug}/positions/${link.positionId}`)
  await expect(page.getByText(/refuses the key of this connection/)).toBeVisible()
  await page.goto(address)
  await page.getByRole('button', { name: /^Replace the key/ }).click()
  await page.waitForURL('**/how')
  await page.getByRole('button', { name: /^Use my API key/ }).click()
  await page.getByRole('button', { name: /^I am an admin/ }).click()
  await page.waitForURL('**/permissions')
  await next(page).click()
  await page.waitForURL('**/enter')
  await expect(page.getByLabel('Subdomain', { exact: true })).toHaveValue(account.subdomain)
  await page.getByLabel('Access Token', { exact: true }).fill((await sandbox.token(account.subdomain)).token)
  await next(page).click()
  await page.getByRole('button', { name: 'Give it this key' }).click({ timeout: 25_000 })
  await page.waitForURL('**/done')
  await page.goto(address)
  await expect(page.getByText('Needs a new key')).toHaveCount(0)
  await page.goto(`/w/${team.slug}/positions/${link.positionId}`)
  await awaitCandidate(page, page.getByRole('rowheader', { name: 'Amina Okafor Roaster' }))
})

test('a new key of another account is refused: the connection keeps its own', async ({
  page,
  team,
  account,
  product,
  sandbox,
  signInAs,
}) => {
  await signInAs(team.people.owner)
  const connection = await product.newConnection(team, sandbox, account)
  const other = await sandbox.newAccount()
  await page.goto(`/w/${team.slug}/integrations/workable/${connection.id}`)
  const walk = await product.newWalkAtKey(team, account, 'owner')
  await page.goto(`${walk}/enter/api_key`)
  await giveKey(page, (await sandbox.token(other.subdomain)).token)
  await awaitDoctor(page, 'This key opens another account')
  const rows = await product.connectionsOf(team)
  expect(rows.map(({ subdomain }) => subdomain)).toEqual([account.subdomain])
})

test('the job is changed in one press and unlinked after a question', async ({
  page,
  team,
  account,
  product,
  sandbox,
  signInAs,
}) => {
  await signInAs(team.people.recruiter)
  const remoteRef = await sandbox.newJob(account, { title: 'Roaster' })
  const connection = await product.newConnection(team, sandbox, account)
  const link = await product.newLink(team, connection.id, { title: 'Roaster', remoteRef })
  await page.goto(`/w/${team.slug}/positions/${link.positionId}/settings`)
  await page.getByRole('button', { name: 'Change job' }).click()
  await page.waitForURL('**/job')
  await expect(page.getByRole('radio', { name: /^Miller/ })).toBeVisible({ timeout: 25_000 })
  await linkJob(page, /^Miller/)
  await page.getByRole('link', { name: 'Open the position' }).click()
  await expect(page.getByText(/Linked to “Miller”/)).toBeVisible()
  await page.goto(`/w/${team.slug}/positions/${link.positionId}/settings`)
  await page.getByRole('link', { name: 'Unlink' }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('link', { name: 'Keep it' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.getByRole('link', { name: 'Unlink' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Unlink' }).click()
  await expect(page.getByRole('button', { name: 'Connect position to ATS' })).toBeVisible()
})

test('a viewer sees positions, links and connections, and has nothing to press', async ({
  page,
  team,
  account,
  product,
  sandbox,
  signInAs,
}) => {
  await signInAs(team.people.viewer)
  const remoteRef = await sandbox.newJob(account, { title: 'Roaster' })
  const connection = await product.newConnection(team, sandbox, account)
  const link = await product.newLink(team, connection.id, { title: 'Roaster', remoteRef })
  const acts = page.getByRole('main').locator('form[method=post] button')
  for (const path of [
    'positions',
    `positions/${link.positionId}`,
    `positions/${link.positionId}/settings`,
    'integrations',
    'integrations/workable?environment=sandbox',
    `integrations/workable/${connection.id}`,
    `integrations/workable/${connection.id}/permissions`,
    `integrations/workable/${connection.id}/activity`,
  ]) {
    await page.goto(`/w/${team.slug}/${path}`)
    await expect(page.locator('h1')).toBeVisible()
    expect(await acts.count(), path).toBe(0)
  }
})
