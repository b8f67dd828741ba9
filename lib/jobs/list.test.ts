import { afterAll, expect, test } from 'vitest'
import { connectTo, linkedPosition } from '#lib/connections/testing.ts'
import { openSandbox } from '#lib/connectors/workable/testing.ts'
import { makeWorkspace } from '#lib/db/testing.ts'
import { newId } from '#lib/ids.ts'
import { jobsAPage, listJobs, suggestedJob } from './list.ts'

const sandbox = await openSandbox()
afterAll(() => sandbox.stop())

const cursor = (content: unknown) => Buffer.from(JSON.stringify(content)).toString('base64url')

test('a damaged cursor starts at the beginning, and the longest title is not the last one', async () => {
  const { owner, workspaceId } = await makeWorkspace()
  const { id: connectionId } = await connectTo(sandbox, owner, 'acme')
  const title = (n: number) => `${String(n).padStart(3, '0')} ${'x'.repeat(496)}`
  for (let n = 0; n <= jobsAPage; n++)
    await linkedPosition(owner, connectionId, { title: title(n), remoteId: `${n}` })
  const of = { workspaceId, connectionId }
  const first = await listJobs(of, {})
  expect(first.rows).toHaveLength(jobsAPage)
  const second = await listJobs(of, { after: first.next })
  expect(second.rows.map(job => job.title)).toEqual([title(jobsAPage)])
  for (const after of [
    'x',
    cursor(null),
    cursor(['a\0', newId()]),
    cursor(['a', 'b']),
    cursor(['a', newId(), 1]),
  ])
    expect((await listJobs(of, { after })).rows).toEqual(first.rows)
})

test('a job says how many positions it serves, and is suggested to a position without a code', async () => {
  const { owner, workspaceId } = await makeWorkspace()
  const { id: connectionId } = await connectTo(sandbox, owner, 'acme')
  await linkedPosition(owner, connectionId, { title: 'Baker', search: 'baker' })
  const of = { workspaceId, connectionId }
  const served = { title: 'Baker', positions: 1 }
  expect((await listJobs(of, {})).rows).toMatchObject([served])
  const found = await suggestedJob(of, { title: 'Baker', code: '', department: '', place: '' })
  expect(found?.job).toMatchObject(served)
})
