import { randomUUID } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { hashPassword } from '#lib/crypto/password.ts'
import { Secret } from '#lib/crypto/secret.ts'
import { hashToken } from '#lib/crypto/tokens.ts'
import { db, transaction } from '#lib/db/client.ts'
import { candidateCredentials, credentials, identities, linkSessions, users } from '#lib/db/schema/index.ts'
import { makeWorkspace } from '#lib/db/testing.ts'
import { leaksIn, leaksInDatabase, newCanary } from './leaks.ts'
import { openFor, sealFor } from './seal-for.ts'
import { makeConnection } from './testing.ts'

async function keepCredential(canary: string) {
  const owner = await makeConnection()
  const place = { table: 'credentials', column: 'api_key', rowId: randomUUID(), generation: 1 }
  return transaction(async tx => {
    const apiKey = await sealFor(tx, owner, place, new Secret(canary))
    const { workspaceId, id: connectionId } = owner
    await tx.insert(credentials).values({ id: place.rowId, workspaceId, connectionId, generation: 1, apiKey })
    return { owner, place, apiKey }
  })
}

async function keepCandidate(canary: string) {
  const { workspaceId, owner } = await makeWorkspace()
  const [linkSessionId, id] = [randomUUID(), randomUUID()]
  const hour = sql`now() + interval '1 hour'`
  await transaction(async tx => {
    await tx
      .insert(linkSessions)
      .values({ id: linkSessionId, workspaceId, startedBy: owner.memberId, answers: {}, expiresAt: hour })
    const place = { table: 'candidate_credentials', column: 'api_key', rowId: id, generation: 1 }
    const apiKey = await sealFor(
      tx,
      { workspaceId, kind: 'candidate_credential', id },
      place,
      new Secret(canary),
    )
    await tx
      .insert(candidateCredentials)
      .values({ id, workspaceId, linkSessionId, apiKey, lastFour: '', expiresAt: hour })
  })
}

describe('A-091 a copy of every table', () => {
  // Defence: `seal` in seal.ts and the checks `credentials_sealed`, `candidate_credentials_sealed`; `hashPassword`; `hashToken`.
  it('holds no secret in any form', async () => {
    const canary = newCanary()
    const kept = await keepCredential(canary)
    await keepCandidate(canary)
    const userId = randomUUID()
    await db()
      .insert(users)
      .values({ id: userId, email: `${userId}@example.com`, name: hashToken(canary) })
    await db()
      .insert(identities)
      .values({ id: randomUUID(), userId, kind: 'password', passwordHash: await hashPassword(canary) })
    expect((await openFor(db(), kept.owner, kept.place, kept.apiKey)).reveal()).toBe(canary)
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
