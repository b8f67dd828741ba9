import { randomBytes, randomUUID } from 'node:crypto'
import { vi } from 'vitest'
import { db } from '#lib/db/client.ts'
import { connections } from '#lib/db/schema/connections.ts'
import type { DataKeyOwner } from '#lib/db/schema/keys.ts'
import { makeWorkspace } from '#lib/db/testing.ts'
import type { KeyOwner } from './data-keys.ts'
import type { Place } from './seal-for.ts'

/** An owner of a data key, in a workspace of its own. For tests. */
export const someKeyOwner = (kind: DataKeyOwner = 'connection'): KeyOwner => ({
  workspaceId: randomUUID(),
  kind,
  id: randomUUID(),
})

/** The first generation of an API key in a row of its own. For tests. */
export const someColumn = (): Place => ({
  table: 'credentials',
  column: 'api_key',
  rowId: randomUUID(),
  generation: 1,
})

/** A keyring's entry with a random key. For tests. */
export const someEntry = (id: string): string => `${id}:${randomBytes(32).toString('base64')}`

/** The modules as in a process that was started with this keyring: nothing of another keyring is remembered. For tests. */
export async function startedWith(...entries: string[]) {
  vi.resetModules()
  vi.stubEnv('GANGWAY_KEYS', entries.join(','))
  Object.assign(globalThis, { gangwayKeptKeys: undefined })
  const [{ assertKeyring }, { openFor, sealFor }, { rotate }, { keyStates }, { verifyDataKeys }, keys] =
    await Promise.all([
      import('./check-at-start.ts'),
      import('./seal-for.ts'),
      import('./rotate.ts'),
      import('./status.ts'),
      import('./verify.ts'),
      import('./data-keys.ts'),
    ])
  return { assertKeyring, openFor, sealFor, rotate, keyStates, verifyDataKeys, ...keys }
}

/** A connection in a workspace of its own, as the owner of a data key; it has no credential yet. For tests. */
export async function makeConnection(): Promise<{ workspaceId: string; kind: 'connection'; id: string }> {
  const { workspaceId, owner } = await makeWorkspace()
  const id = randomUUID()
  await db().insert(connections).values({
    id,
    workspaceId,
    connector: 'workable',
    environment: 'sandbox',
    name: 'Acme',
    way: 'api_key',
    permissions: 'read',
    remoteAccountId: id,
    accountName: 'Acme',
    subdomain: 'acme',
    lastFour: '1234',
    createdBy: owner.memberId,
  })
  return { workspaceId, kind: 'connection', id }
}
