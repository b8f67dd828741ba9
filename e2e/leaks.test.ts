import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from './fixtures.ts'
import { notedSecrets } from './secrets.ts'
import { password } from './team.ts'

// The defence: everything that seals, hashes and redacts. It runs when all other tests have left their traces.
test('A-091, A-092 no secret of the whole run stands in a table, a mail or a log', async ({
  product,
  stack,
}) => {
  test.setTimeout(180_000)
  const links = await product.openMailedLinks()
  const setUp = stack.setUpUrl?.split('/').at(-1) ?? ''
  const secrets = [password, setUp, ...links, ...notedSecrets()]
  expect(secrets.every(secret => secret.length >= 16)).toBe(true)
  expect(links.length).toBeGreaterThan(3)
  expect(secrets.length).toBeGreaterThan(20)
  expect(await product.leaksInDatabase(...secrets)).toEqual([])
  for (const name of ['server', 'worker', 'sandbox']) {
    const log = readFileSync(path.join(stack.logs, `${name}.log`), 'utf8')
    const search = product.searchIn(log)
    expect(secrets.flatMap(search), `${name}.log`).toEqual([])
  }
})
