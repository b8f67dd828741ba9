import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { MemberActor } from '#lib/actors.ts'
import { Secret } from '#lib/crypto/secret.ts'
import { db, sqlClient, transaction } from '#lib/db/client.ts'
import { connections, credentials } from '#lib/db/schema/index.ts'
import { makeWorkspace } from '#lib/db/testing.ts'
import { newId } from '#lib/ids.ts'
import {
  type Owned,
  proveTokens,
  readCredential,
  readTokens,
  type Tokens,
  writeTokens,
} from './credentials.ts'

const pair = (name: string): Tokens => ({
  access: new Secret(`access-${name}`),
  refresh: new Secret(`refresh-${name}`),
  accessExpiresAt: new Date(Date.now() + 7_200_000),
})

async function signedInConnection(actor: MemberActor): Promise<Owned> {
  const id = newId()
  await db().insert(connections).values({
    id,
    workspaceId: actor.workspaceId,
    connector: 'workable',
    environment: 'sandbox',
    name: 'Workable',
    way: 'oauth',
    permissions: 'read',
    remoteAccountId: id,
    accountName: 'Acme',
    subdomain: 'acme',
    lastFour: '',
    createdBy: actor.memberId,
  })
  return { workspaceId: actor.workspaceId, connectionId: id }
}

const write = (of: Owned, generation: number, name: string) =>
  transaction(tx => writeTokens(tx, of, generation, pair(name)))
const kept = async (of: Owned) =>
  (await readTokens(db(), of)).map(({ generation, access, refresh }) => [
    generation,
    access.reveal(),
    refresh?.reveal(),
  ])

test('the pair before stays until the new access token has worked once, and no longer', async () => {
  const of = await signedInConnection((await makeWorkspace()).owner)
  await write(of, 1, 'a')
  await write(of, 2, 'b')
  await write(of, 3, 'c')
  expect(await kept(of)).toEqual([
    [3, 'access-c', 'refresh-c'],
    [2, 'access-b', 'refresh-b'],
  ])
  expect((await readCredential(db(), of)).reveal()).toBe('access-c')
  await proveTokens(db(), of, 3)
  const [first] = await readTokens(db(), of)
  await proveTokens(db(), of, 3)
  expect(await kept(of)).toEqual([[3, 'access-c', 'refresh-c']])
  expect((await readTokens(db(), of))[0]?.provenAt).toEqual(first?.provenAt)
})

// Taken out with: the unique index `credentials_generation`.
test('two who write the same generation at once: one of them does', async () => {
  const of = await signedInConnection((await makeWorkspace()).owner)
  await write(of, 1, 'a')
  const both = await Promise.allSettled([write(of, 2, 'b'), write(of, 2, 'c')])
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect((await readTokens(db(), of)).map(({ generation }) => generation)).toEqual([2, 1])
})

test('A-096 a sealed token opens in no other column, generation or row', async () => {
  const { owner } = await makeWorkspace()
  const [of, other] = [await signedInConnection(owner), await signedInConnection(owner)]
  await write(of, 1, 'a')
  await write(other, 1, 'b')
  const swaps = [
    `access_token = refresh_token`,
    `generation = 2`,
    `access_token = (select access_token from credentials where connection_id = '${other.connectionId}')`,
  ]
  for (const swap of swaps) {
    await sqlClient().unsafe(`update credentials set ${swap} where connection_id = '${of.connectionId}'`)
    await expect(readCredential(db(), of)).rejects.toMatchObject({ name: 'SealError' })
    await db().delete(credentials).where(eq(credentials.connectionId, of.connectionId))
    await write(of, 1, 'a')
  }
})

test('a row holds a key or a pair, sealed, and never both or neither', async () => {
  const of = await signedInConnection((await makeWorkspace()).owner)
  const row = { id: newId(), ...of, generation: 9 }
  for (const wrong of [
    {},
    { apiKey: 'cv1.x', accessToken: 'cv1.y' },
    { accessToken: 'plain' },
    { accessToken: 'cv1.x', refreshToken: 'plain' },
  ])
    await expect(
      db()
        .insert(credentials)
        .values({ ...row, ...wrong }),
    ).rejects.toThrow()
})
