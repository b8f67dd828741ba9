import { and, eq } from 'drizzle-orm'
import { afterAll, expect, test } from 'vitest'
import { setActive } from '#lib/connections/set-active.ts'
import { openSandbox } from '#lib/connectors/workable/testing.ts'
import { db, transaction } from '#lib/db/client.ts'
import { connectionNumbers, events, members, numbers } from '#lib/db/schema/index.ts'
import { makeMember, makeWorkspace } from '#lib/db/testing.ts'
import { addSampleNumbers } from '#lib/numbers/add-samples.ts'
import { numberChoices } from '#lib/numbers/choices.ts'
import { removeNumber } from '#lib/numbers/remove.ts'
import { abandonWalksOf } from './abandon-walks.ts'
import { agreePermissions } from './agree-permissions.ts'
import { chooseWay, sayAdmin } from './choose.ts'
import { findNumbers, skipNumbers, submitNumbers } from './choose-numbers.ts'
import { confirm } from './confirm.ts'
import { enterForm } from './enter.ts'
import { readWalk } from './read.ts'
import { startLinkSession } from './start.ts'
import { currentStep } from './steps.ts'
import { examined, sessionRow, userOf } from './testing.ts'

const sandbox = await openSandbox()
afterAll(() => sandbox.stop())

/** New authentication up to its numbers, with the six sample numbers to choose from. */
async function walkAtNumbers() {
  const workspace = await makeWorkspace()
  const { owner, workspaceId } = workspace
  await transaction(tx => addSampleNumbers(tx, { workspaceId, owners: [owner.memberId] }))
  const { id: sessionId } = await startLinkSession(owner, { connector: 'workable', environment: 'sandbox' })
  const user = userOf(owner)
  await chooseWay(user, { sessionId, way: 'api_key' })
  await sayAdmin(user, { sessionId, admin: 'me' })
  await agreePermissions(user, { sessionId, permissions: 'read_write', locale: 'en' })
  const { token } = await sandbox.token('acme')
  await enterForm(user, { sessionId, typed: { subdomain: 'acme', api_key: token } })
  await examined(sessionId)
  const step = await confirm(user, { sessionId, readOnly: false, locale: 'en' })
  const { connectionId } = await sessionRow(sessionId)
  const known = async () => (await numberChoices(owner, { connectionId: connectionId ?? '' })).known
  const rows = await db().select().from(numbers).where(eq(numbers.workspaceId, workspaceId))
  const idOf = (label: string) => rows.find(row => row.label === label)?.id ?? ''
  return { ...workspace, user, sessionId, step, connectionId: connectionId ?? '', known, idOf }
}

const linksOf = (connectionId: string) =>
  db().$count(connectionNumbers, eq(connectionNumbers.connectionId, connectionId))

const doneEvents = (workspaceId: string) =>
  db().$count(events, and(eq(events.workspaceId, workspaceId), eq(events.name, 'link_session.done')))

test('New authentication comes to its numbers once it is connected, and Submit ends it, once', async () => {
  const { user, sessionId, step, connectionId, workspaceId, known, idOf } = await walkAtNumbers()
  expect(step).toBe('numbers')
  expect(await sessionRow(sessionId)).toMatchObject({ state: 'open', step: 'numbers' })
  const fields = {
    calls_0: idOf('London hiring desk'),
    calls_7: idOf('Avonmouth depot'),
    messages_0: idOf('London hiring desk'),
    known: await known(),
  }
  const twice = () => submitNumbers(user, { sessionId, fields })
  expect(await Promise.all([twice(), twice()])).toEqual(['done', 'done'])
  expect(await linksOf(connectionId)).toBe(3)
  expect(await sessionRow(sessionId)).toMatchObject({ state: 'done', step: 'done' })
  expect(await doneEvents(workspaceId)).toBe(1)
})

test('Not now ends it without numbers', async () => {
  const { user, sessionId, connectionId, workspaceId } = await walkAtNumbers()
  expect(await skipNumbers(user, sessionId)).toBe('done')
  expect(await linksOf(connectionId)).toBe(0)
  expect(await doneEvents(workspaceId)).toBe(1)
})

test('Find keeps the ticks as they are, and nothing else', async () => {
  const { user, sessionId, connectionId, idOf, known } = await walkAtNumbers()
  const fields = {
    calls_2: idOf('Avonmouth depot'),
    q: 'depot',
    known: await known(),
    whole: 'yes',
    act: 'find',
  }
  expect(await findNumbers(user, { sessionId, fields })).toBe('numbers')
  const { shown, state } = await sessionRow(sessionId)
  expect(state).toBe('open')
  expect(shown).toEqual({
    step: 'numbers',
    values: { calls_2: idOf('Avonmouth depot'), q: 'depot', whole: 'yes', known: fields.known },
    problems: {},
  })
  expect(await linksOf(connectionId)).toBe(0)
})

test('a number that was removed meanwhile is told, the walk stays where it is, and nothing is half written', async () => {
  const { owner, user, sessionId, connectionId, idOf, known } = await walkAtNumbers()
  const fields = {
    calls_0: idOf('Avonmouth depot'),
    calls_1: idOf('London hiring desk'),
    known: await known(),
  }
  await removeNumber(owner, idOf('Avonmouth depot'))
  expect(await submitNumbers(user, { sessionId, fields })).toBe('numbers')
  expect((await sessionRow(sessionId)).shown?.problems).toEqual({ '': { key: 'numbers.choose.gone' } })
  expect(await linksOf(connectionId)).toBe(0)
})

test('ids of another workspace in the body link nothing', async () => {
  const { user, sessionId, connectionId, known } = await walkAtNumbers()
  const elsewhere = await walkAtNumbers()
  const fields = { calls_0: elsewhere.idOf('Avonmouth depot'), known: await known() }
  expect(await submitNumbers(user, { sessionId, fields })).toBe('numbers')
  expect(await linksOf(connectionId)).toBe(0)
})

test('a connection that was switched off meanwhile takes its numbers; one that was deleted has ended the walk', async () => {
  const { owner, user, sessionId, connectionId, idOf, known } = await walkAtNumbers()
  await setActive(owner, { connectionId, active: false })
  const fields = { calls_0: idOf('Avonmouth depot'), known: await known() }
  expect(await submitNumbers(user, { sessionId, fields })).toBe('done')
  expect(await linksOf(connectionId)).toBe(1)

  const other = await walkAtNumbers()
  await transaction(tx => abandonWalksOf(tx, other.owner, other.connectionId))
  await expect(skipNumbers(other.user, other.sessionId)).rejects.toMatchObject({ code: 'gone' })
})

test('whoever is no admin any more cannot choose numbers, but comes to the end without', async () => {
  const { owner, user, sessionId, connectionId, idOf, known } = await walkAtNumbers()
  const fields = { calls_0: idOf('Avonmouth depot'), known: await known() }
  await db().update(members).set({ role: 'recruiter' }).where(eq(members.id, owner.memberId))
  await expect(submitNumbers(user, { sessionId, fields })).rejects.toMatchObject({ code: 'forbidden' })
  expect(await linksOf(connectionId)).toBe(0)
  expect(await skipNumbers(user, sessionId)).toBe('done')
})

test('nobody else sends the numbers of a walk', async () => {
  const { sessionId, known, partnerId, workspaceId } = await walkAtNumbers()
  const colleague = userOf(await makeMember({ partnerId, workspaceId }, 'admin'))
  const input = { sessionId, fields: { known: await known() } }
  await expect(submitNumbers(colleague, input)).rejects.toMatchObject({ code: 'not_found' })
  await expect(skipNumbers(colleague, sessionId)).rejects.toMatchObject({ code: 'not_found' })
})

test('a reload and another device come back to the numbers', async () => {
  const { user, sessionId } = await walkAtNumbers()
  expect(currentStep((await readWalk(user, sessionId)).progress)).toBe('numbers')
})
