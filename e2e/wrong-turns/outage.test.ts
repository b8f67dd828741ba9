import { readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from '../fixtures.ts'
import type { Product } from '../product.ts'

/** PostgreSQL of this run takes no connection and keeps none, as when its machine is gone. Gives what brings it back. */
async function takeDatabaseAway({ sql }: Product): Promise<() => void> {
  const [found] = await sql`select current_setting('data_directory') as directory`
  const pid = Number(
    readFileSync(path.join(String(found?.directory), 'postmaster.pid'), 'utf8').split('\n')[0],
  )
  process.kill(pid, 'SIGSTOP')
  await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where pid <> pg_backend_pid() and backend_type = 'client backend'`
  return () => void process.kill(pid, 'SIGCONT')
}

test('the database is away for ten seconds: the page says so, comes back by itself, and nothing confirmed is lost', async ({
  page,
  team,
  product,
  account,
  signInAs,
}) => {
  await signInAs(team.people.recruiter)
  const walk = await product.newWalkAtKey(team, account)
  const bringBack = await takeDatabaseAway(product)
  try {
    const answer = await page.goto(`${walk}/enter/subdomain`)
    expect(answer?.status()).toBe(503)
    await expect(page.getByRole('heading', { name: 'The database does not answer' })).toBeVisible()
    await expect(page.getByText('Nothing that was confirmed is lost.')).toBeVisible()
    await sleep(8_000)
  } finally {
    bringBack()
  }
  await expect(page.getByLabel('Subdomain', { exact: true })).toHaveValue(account.subdomain, {
    timeout: 30_000,
  })
  await page.goto(`/w/${team.slug}/positions`)
  await expect(page.getByRole('heading', { level: 1, name: 'Positions' })).toBeVisible()
})
