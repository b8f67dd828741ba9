import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from './fixtures.ts'
import { notedSecrets } from './secrets.ts'
import { password } from './team.ts'

// The defence: everything that seals, hashes and redacts. It runs when all other tests have left their traces.
test('A-091, A-092 no secret of the whole run stands in a table, a mail or a log', async ({
  product,
  stack,
  sandbox,
}) => {
  test.setTimeout(180_000)
  const links = await product.openMailedLinks()
  const setUp = stack.setUpUrl?.split('/').at(-1) ?? ''
  const issued = await sandbox.issued()
  const secrets = [...new Set([password, setUp, ...links, ...issued, ...notedSecrets()])]
  expect(secrets.every(secret => secret.length >= 16)).toBe(true)
  expect(links.length).toBeGreaterThan(3)
  expect(issued.length).toBeGreaterThan(30)
  expect(await product.leaksInDatabase(...secrets)).toEqual([])
  for (const name of ['server', 'worker', 'sandbox']) {
    const log = readFileSync(path.join(stack.logs, `${name}.log`), 'utf8')
    const search = product.searchIn(log)
    expect(secrets.flatMap(search), `${name}.log`).toEqual([])
  }
})

// The defence: `handOver` in `candidate-credential.ts`, `handOverGrant`, and `keep` in `lib/oauth/finish.ts`.
test('every grant that lives in Workable belongs to a connection, to a walk of the last hour, or waits to be revoked', async ({
  product,
  sandbox,
}) => {
  expect(await product.ownerlessGrants(sandbox)).toEqual([])
})
