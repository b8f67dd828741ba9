import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { sqlClient } from '#lib/db/client.ts'
import { makeWorkspace } from '#lib/db/testing.ts'
import { isProven } from './recent-proof.ts'

// Taken out with: `endedAt`, `provenAt`, or the id of the session in `isProven`.
test('a password counts for fifteen minutes, in the session that it opened, and not once that has ended', async () => {
  const { owner } = await makeWorkspace()
  const sql = sqlClient()
  const since = (minutes: number) =>
    sql`update sessions set proven_at = now() - make_interval(mins => ${minutes}) where id = ${owner.sessionId}`
  expect(await isProven(owner)).toBe(true)
  await since(16)
  expect(await isProven(owner)).toBe(false)
  await since(14)
  expect(await isProven(owner)).toBe(true)
  expect(await isProven({ sessionId: randomUUID() })).toBe(false)
  await sql`update sessions set ended_at = now() where id = ${owner.sessionId}`
  expect(await isProven(owner)).toBe(false)
})
