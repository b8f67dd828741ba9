import { randomUUID } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { readCredential, writeCredential } from '#lib/connections/credentials.ts'
import { hashPassword } from '#lib/crypto/password.ts'
import { Secret } from '#lib/crypto/secret.ts'
import { hashToken } from '#lib/crypto/tokens.ts'
import { db, transaction } from '#lib/db/client.ts'
import { credentials, identities, linkSessions, users } from '#lib/db/schema/index.ts'
import { makeWorkspace } from '#lib/db/testing.ts'
import { keepCandidate } from '#lib/link-sessions/candidate-credential.ts'
import { leaksIn, leaksInDatabase, newCanary } from './leaks.ts'
import { makeConnection } from './testing.ts'

async function keepCredential(canary: string) {
  const { workspaceId, id: connectionId } = await makeConnection()
  const of = { workspaceId, connectionId }
  await transaction(tx => writeCredential(tx, of, 1, new Secret(canary)))
  return of
}

async function keepTyped(canary: string) {
  const { workspaceId, owner } = await makeWorkspace()
  const id = randomUUID()
  const hour = sql`now() + interval '1 hour'`
  await transaction(async tx => {
    await tx
      .insert(linkSessions)
      .values({ id, workspaceId, startedBy: owner.memberId, answers: {}, expiresAt: hour })
    await keepCandidate(tx, { id, workspaceId }, new Secret(canary), '')
  })
}

describe('A-091 a copy of every table', () => {
  // Defence: `sealFor` in credentials.ts and candidate-credential.ts, and behind it `seal` and the checks `credentials_sealed`,
  // `candidate_credentials_sealed`; `hashPassword`; `hashToken`.
  it('holds no secret in any form', async () => {
    const canary = newCanary()
    const kept = await keepCredential(canary)
    await keepTyped(canary)
    const userId = randomUUID()
    await db()
      .insert(users)
      .values({ id: userId, email: `${userId}@example.com`, name: hashToken(canary) })
    await db()
      .insert(identities)
      .values({ id: randomUUID(), userId, kind: 'password', passwordHash: await hashPassword(canary) })
    expect((await readCredential(db(), kept)).reveal()).toBe(canary)
    expect(await leaksInDatabase(canary)).toEqual([])
  })

  it('would show one that was kept plain', async () => {
    const canary = newCanary()
    await db()
      .insert(users)
      .values({ id: randomUUID(), email: `${canary}@example.com`, name: 'Plain' })
    expect(await leaksInDatabase(canary)).toEqual(['public.users: raw'])
  })

  it('takes no plain text where a sealed one belongs', async () => {
    const { workspaceId, id: connectionId } = await makeConnection()
    const plain = { id: randomUUID(), workspaceId, connectionId, generation: 1, apiKey: 'wk_live_0123456789' }
    await expect(db().insert(credentials).values(plain)).rejects.toMatchObject({
      cause: { constraint_name: 'credentials_sealed' },
    })
  })
})

describe('the search for a secret', () => {
  const canary = newCanary()
  const bytes = Buffer.from(canary)
  const around = (offset: number, behind: number) =>
    Buffer.concat([Buffer.alloc(offset, 0xff), bytes, Buffer.alloc(behind, 0xff)])
  it.each<[string, string]>([
    ['raw', `x${canary}y`],
    ['raw', canary.toUpperCase()],
    ['reversed', [...canary].reverse().join('')],
    ['hex', bytes.toString('hex').toUpperCase()],
    ['URL-encoded', bytes.toString('hex').replace(/../g, '%$&').toUpperCase()],
    ['JSON-escaped', bytes.toString('hex').replace(/../g, '\\u00$&')],
    ...[0, 1, 2].flatMap(offset =>
      [0, 1, 2].flatMap((behind): [string, string][] => [
        ['base64', around(offset, behind).toString('base64')],
        ['base64url', around(offset, behind).toString('base64url')],
      ]),
    ),
    ['gzip, raw', gzipSync(`{"key":"${canary}"}`).toString('base64')],
    ['gzip, raw', `\\x${gzipSync(canary).toString('hex')}`],
  ])('finds it %s (%#)', (form, text) => {
    expect(leaksIn(text, canary)).toContain(form)
    expect(leaksIn(text, newCanary())).toEqual([])
  })
})
