import path from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { awaitDoctor, giveKey } from './walk/walk.ts'

/** The README's pictures, from the product as it runs: CONTRIBUTING.md says how they are made anew. */

const picture = (page: Page, name: string) =>
  page.screenshot({ path: path.resolve(import.meta.dirname, `../docs/${name}.png`) })

test.use({ viewport: { width: 1280, height: 860 }, colorScheme: 'light' })

test('pictures for the README', async ({ page, product, sandbox, stack, signInAs }) => {
  const team = await product.newTeam({ name: 'Larkfield Logistics' })
  await product.sql`update partners set name = 'Corvane' where id = ${team.partnerId}`
  await signInAs(team.people.owner)
  const { host } = new URL(stack.sandboxOrigin)
  const admin = { name: 'Mariana', email: 'mariana@larkfield.example' }
  const larkfield = {
    subdomain: 'larkfield',
    name: 'Larkfield Logistics',
    host: `larkfield.${host}`,
    admin,
  }
  const walk = await product.newWalkAtKey(team, larkfield, 'owner', 'Quay Crane Operator')
  await product.sql`update positions set code = 'NL/OPS/015', department = 'Operations', place = 'Rotterdam'
    where workspace_id = ${team.workspaceId} and title = 'Quay Crane Operator'`
  await product.sql`update link_sessions set answers = answers - 'typedAs' where workspace_id = ${team.workspaceId}`
  await page.goto(`${walk}/enter/api_key`)
  await expect(page.getByRole('heading', { name: 'Make the key in Workable' })).toBeVisible()
  await picture(page, 'wizard')
  await giveKey(page, (await sandbox.token('larkfield', { scopes: ['r_jobs'] })).token)
  await awaitDoctor(page, 'This key cannot read candidates')
  await picture(page, 'doctor')
  const connection = await product.newConnection(team, sandbox, larkfield)
  for (const remoteRef of ['A1B2C3D4E5', 'F6A7B8C9D0', '0C1D2E3F4A'])
    await product.linkSample(team, connection.id, remoteRef)
  await page.goto(`/w/${team.slug}/positions`)
  await expect(page.getByText('0C1D2E3F4A')).toBeVisible()
  await picture(page, 'positions')

  const appId = await product.newOAuthApp(team, sandbox)
  const signedIn = await product.newWalkAtAccount(team, sandbox, appId)
  await product.sql`update positions set title = 'Forklift Driver' where workspace_id = ${team.workspaceId} and title like 'Baker %'`
  await page.goto(`${signedIn}/account`)
  await expect(page.getByRole('heading', { name: 'Which account has the job?' })).toBeVisible()
  await picture(page, 'account')
  const { id: invited } = await product.newInvitedCustomer(team)
  await product.sql`update workspaces set name = 'Quarry & Finch' where id = ${invited}`
  await product.sql`update invitations set email = 'ada@quarry.example' where workspace_id = ${invited}`
  await page.goto('/partner/customers')
  await expect(page.getByRole('heading', { name: 'Customers', level: 1 })).toBeVisible()
  await picture(page, 'customers')
})
