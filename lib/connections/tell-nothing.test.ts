import { inspect } from 'node:util'
import { afterAll, expect, test } from 'vitest'
import { readCheck } from '#lib/checks/read.ts'
import { openSandbox } from '#lib/connectors/workable/testing.ts'
import { leaksIn } from '#lib/keys/leaks.ts'
import { confirm } from '#lib/link-sessions/confirm.ts'
import { readWalk } from '#lib/link-sessions/read.ts'
import { examined, sessionRow, walkAtTheKey } from '#lib/link-sessions/testing.ts'
import { consentFile } from './consent-file.ts'
import { deleteConnection } from './delete.ts'
import { listConnections } from './list.ts'
import { activityOf, consentsOf, linkedPositions, readConnection, readConsent } from './read.ts'
import { receiptFile } from './receipt-file.ts'
import { listReceipts, readReceipt } from './receipts.ts'

const sandbox = await openSandbox()
afterAll(() => sandbox.stop())

// Taken out with: `lastFourOf` in `parse-fields.ts`, giving more of the key.
test('A-072: after saving, nothing that is read for a page or a file has more of the key than its last four', async () => {
  const { token: key } = await sandbox.token('acme')
  const { owner, user, id, workspaceId, enter } = await walkAtTheKey()
  await enter(key)
  const checked = { workspaceId, permissions: 'read_write', linkSessionId: id } as const
  const before = [await readWalk(user, id), await readCheck(checked)]
  await examined(id)
  await confirm(user, { sessionId: id, readOnly: false, locale: 'en' })
  const connectionId = (await sessionRow(id)).connectionId ?? ''
  const connection = await readConnection(owner, connectionId)
  const [consent] = await consentsOf(owner, connectionId)
  const file = consentFile(await readConsent(owner, { connectionId, consentId: consent?.id ?? '' }))
  const list = await listConnections(owner)
  const [positions, activity] = [
    await linkedPositions(owner, connectionId),
    await activityOf(owner, connectionId),
  ]
  const walk = [await readWalk(user, id), await sessionRow(id), await readCheck(checked)]
  const deletion = { connectionId, fields: { word: 'DELETE' }, from: { address: '10.0.0.1' } }
  const receipt = await readReceipt(owner, await deleteConnection(owner, deletion))
  const read = [
    before,
    walk,
    [connection, list, positions],
    [activity, consent, file],
    [receipt, await listReceipts(owner), receiptFile(receipt, { workspace: 'Acme', locale: 'en' })],
  ]
  for (const text of [JSON.stringify(read), inspect(read, { depth: 20, showHidden: true })]) {
    expect(leaksIn(text, key)).toEqual([])
    expect(text).not.toContain(key.slice(-5))
    expect(text).not.toContain(key.slice(0, 12))
  }
  expect(connection.lastFour).toBe(key.slice(-4))
})
