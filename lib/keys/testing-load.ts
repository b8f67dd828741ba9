import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { Secret } from '#lib/crypto/secret.ts'
import { closeDatabase, db, sqlClient, transaction } from '#lib/db/client.ts'
import { assertKeyring } from './check-at-start.ts'
import type { KeyOwner } from './data-keys.ts'
import { openFor, type Place, sealFor } from './seal-for.ts'

/** What a process did under load: how often it opened and sealed, and what went wrong. For tests. */
export type Served = { opened: number; sealed: number; failures: string[] }

type Kept = { owner: KeyOwner; place: Place; sealed: string; text: string }

/** Puts secrets where every process under load finds them. For tests. */
export async function keepForLoad(kept: readonly Kept[]): Promise<void> {
  await sqlClient()`create table if not exists public.load (id uuid primary key, kept text not null)`
  const rows = JSON.stringify(kept.map(one => JSON.stringify(one)))
  await sqlClient()`insert into public.load select gen_random_uuid(), * from jsonb_array_elements_text(${rows}::text::jsonb)`
}

const atLeast = 30

/**
 * Opens secrets of any process and seals new ones, from the call of `begun` until the signal, thirty at least. For tests.
 * @public called by a process that a test starts with a text
 */
export async function serveUntil(end: AbortSignal, begun: () => void): Promise<Served> {
  await assertKeyring()
  begun()
  const served: Served = { opened: 0, sealed: 0, failures: [] }
  for (let turn = 0; !end.aborted || turn < atLeast; turn++) {
    await serveOnce(served).catch(error => {
      served.failures.push(error instanceof Error ? `${error.name}: ${error.message}` : String(error))
    })
    await setTimeout(2)
  }
  await closeDatabase()
  return served
}

async function serveOnce(served: Served): Promise<void> {
  const [row] = await sqlClient()<{ kept: string }[]>`
    select kept from public.load where id >= ${randomUUID()}::uuid order by id limit 1`
  if (row) {
    const { owner, place, sealed, text } = JSON.parse(row.kept) as Kept
    if ((await openFor(db(), owner, place, sealed)).reveal() !== text) throw new Error('another text')
    served.opened++
  }
  if (served.opened % 5 > 0) return
  const owner: KeyOwner = { workspaceId: randomUUID(), kind: 'connection', id: randomUUID() }
  const place = { table: 'credentials', column: 'api_key', rowId: randomUUID(), generation: 1 }
  const text = randomUUID()
  const sealed = await transaction(tx => sealFor(tx, owner, place, new Secret(text)))
  served.sealed++
  await keepForLoad([{ owner, place, sealed, text }])
}
