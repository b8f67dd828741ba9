import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { SealError } from '#lib/crypto/seal.ts'
import { Secret } from '#lib/crypto/secret.ts'
import { db, transaction } from '#lib/db/client.ts'
import { dataKeys } from '#lib/db/schema/keys.ts'
import { createDataKey, dataKeyFor, type KeyOwner, shredDataKey } from './data-keys.ts'
import { openFor, sealFor } from './seal-for.ts'
import { someColumn, someKeyOwner } from './testing.ts'

const rowOf = async (owner: KeyOwner) => {
  const [row] = await db().select().from(dataKeys).where(eq(dataKeys.ownerId, owner.id))
  if (!row) throw new Error('no data key')
  return row
}

describe('a secret kept for its owner', () => {
  it('comes back, and its owner has one data key however often something is sealed', async () => {
    const [owner, place] = [someKeyOwner(), someColumn()]
    const sealed = await transaction(tx => sealFor(tx, owner, place, new Secret('a key')))
    await transaction(tx => sealFor(tx, owner, { ...place, generation: 2 }, new Secret('a newer key')))
    expect((await openFor(db(), owner, place, sealed)).reveal()).toBe('a key')
    expect(await db().select().from(dataKeys).where(eq(dataKeys.ownerId, owner.id))).toHaveLength(1)
  })

  it('is sealed under one key when twenty ask at the same moment', async () => {
    const [owner, place] = [someKeyOwner(), someColumn()]
    const sealed = await Promise.all(
      Array.from({ length: 20 }, (_, i) => transaction(tx => sealFor(tx, owner, place, new Secret(`${i}`)))),
    )
    const opened = await Promise.all(sealed.map(text => openFor(db(), owner, place, text)))
    expect(opened.map(secret => secret.reveal())).toEqual(Array.from({ length: 20 }, (_, i) => `${i}`))
  })

  it('is gone when its key is shredded, the unwrapped copy of this process included', async () => {
    const [owner, place] = [someKeyOwner('candidate_credential'), someColumn()]
    const sealed = await transaction(tx => sealFor(tx, owner, place, new Secret('a key')))
    await openFor(db(), owner, place, sealed)
    expect(await transaction(tx => shredDataKey(tx, owner))).toBe(true)
    await expect(openFor(db(), owner, place, sealed)).rejects.toThrow(SealError)
    expect(await dataKeyFor(db(), owner)).toBeNull()
    expect(await transaction(tx => shredDataKey(tx, owner))).toBe(false)
  })

  it('is gone when another process shredded its key', async () => {
    const [owner, place] = [someKeyOwner(), someColumn()]
    const sealed = await transaction(tx => sealFor(tx, owner, place, new Secret('a key')))
    await openFor(db(), owner, place, sealed)
    await db().delete(dataKeys).where(eq(dataKeys.ownerId, owner.id))
    await expect(openFor(db(), owner, place, sealed)).rejects.toThrow(SealError)
  })

  it('stays when the transaction that shredded its key is undone', async () => {
    const [owner, place] = [someKeyOwner(), someColumn()]
    const sealed = await transaction(tx => sealFor(tx, owner, place, new Secret('a key')))
    const undone = transaction(async tx => {
      await shredDataKey(tx, owner)
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    expect((await openFor(db(), owner, place, sealed)).reveal()).toBe('a key')
  })

  it('has no key when the transaction that made it is undone', async () => {
    const owner = someKeyOwner()
    const undone = transaction(async tx => {
      await sealFor(tx, owner, someColumn(), new Secret('a key'))
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    expect(await dataKeyFor(db(), owner)).toBeNull()
  })

  it('gives no second data key to an owner who has one', async () => {
    const owner = someKeyOwner()
    expect(await transaction(tx => createDataKey(tx, owner))).not.toBeNull()
    expect(await transaction(tx => createDataKey(tx, owner))).toBeNull()
  })
})

// Defence: `ownedBy` in data-keys.ts finds the key by workspace and owner, and `placeOf` in wrap.ts and seal.ts binds both.
describe('A-096 rows mixed up in the database', () => {
  it('another workspace cannot open by naming the owner', async () => {
    const [owner, place] = [someKeyOwner(), someColumn()]
    const sealed = await transaction(tx => sealFor(tx, owner, place, new Secret('a key')))
    const stranger = { ...owner, workspaceId: randomUUID() }
    await expect(openFor(db(), stranger, place, sealed)).rejects.toThrow(SealError)
    await expect(openFor(db(), { ...owner, kind: 'candidate_credential' }, place, sealed)).rejects.toThrow(
      SealError,
    )
  })

  it('a ciphertext copied with its wrapped key, its id included, to another connection stays shut', async () => {
    const [mine, theirs, place] = [someKeyOwner(), someKeyOwner(), someColumn()]
    const sealed = await transaction(tx => sealFor(tx, mine, place, new Secret('a key')))
    await transaction(tx => sealFor(tx, theirs, place, new Secret('another key')))
    const { id, wrapped } = await rowOf(mine)
    await db().delete(dataKeys).where(eq(dataKeys.ownerId, mine.id))
    await db().update(dataKeys).set({ id, wrapped }).where(eq(dataKeys.ownerId, theirs.id))
    await expect(openFor(db(), theirs, place, sealed)).rejects.toThrow(SealError)
  })

  it('a data key given to another owner is not taken for hers, though this process has it unwrapped', async () => {
    const [mine, theirs, place] = [someKeyOwner(), someKeyOwner(), someColumn()]
    const sealed = await transaction(tx => sealFor(tx, mine, place, new Secret('a key')))
    await openFor(db(), mine, place, sealed)
    await db().update(dataKeys).set({ ownerId: theirs.id }).where(eq(dataKeys.ownerId, mine.id))
    await expect(openFor(db(), { ...mine, id: theirs.id }, place, sealed)).rejects.toThrow(SealError)
  })

  it('a wrapped key that was changed after it was first used is not used again', async () => {
    const [mine, theirs, place] = [someKeyOwner(), someKeyOwner(), someColumn()]
    const sealed = await transaction(tx => sealFor(tx, mine, place, new Secret('a key')))
    await transaction(tx => sealFor(tx, theirs, place, new Secret('another key')))
    await openFor(db(), mine, place, sealed)
    const { wrapped } = await rowOf(theirs)
    await db().update(dataKeys).set({ wrapped }).where(eq(dataKeys.ownerId, mine.id))
    await expect(openFor(db(), mine, place, sealed)).rejects.toThrow(SealError)
  })
})
