import { expect, test } from 'vitest'
import { makeMember, makeWorkspace } from '#lib/db/testing.ts'
import { sendMail } from '#lib/mail/send.ts'
import { queueInvitation } from '#lib/mail/testing.ts'
import { listNotices } from '#lib/notices/list.ts'
import { bareConnection, remindOf } from '#lib/notices/testing.ts'
import { GET as file } from '../partner/mails/[mail]/file/route.ts'
import { POST as send } from '../partner/mails/[mail]/send/route.ts'
import { POST as seen } from '../w/[workspace]/notices/seen/route.ts'
import { formRequest, signedIn } from './testing.ts'

/** A partner with a mail that was kept, and the cookies of its owner and of an admin of its workspace. */
async function keptMail() {
  const workspace = await makeWorkspace()
  const { mailId: mail } = await queueInvitation({ partnerId: workspace.partnerId })
  await sendMail(mail, undefined)
  const admin = await makeMember(workspace, 'admin')
  return { mail, owner: await signedIn(workspace.owner), admin: await signedIn(admin) }
}

const fileOf = (mail: string, cookie?: string) =>
  file(
    new Request(`http://localhost:3000/partner/mails/${mail}/file`, {
      headers: { ...(cookie && { cookie }) },
    }),
    { params: Promise.resolve({ mail }) },
  )

test('a mail as HTML is a file to save, never a page under our address', async () => {
  const { mail, owner } = await keptMail()
  const answer = await fileOf(mail, owner)
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="mail-${mail}.html"`)
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
  expect(answer.headers.get('cache-control')).toBe('private, no-store')
  expect(await answer.text()).not.toContain('gwi_')
})

test('A-106 nobody else has that file, and nobody else has it sent again', async () => {
  const { mail, admin } = await keptMail()
  const stranger = await signedIn((await makeWorkspace()).owner)
  for (const cookie of [admin, stranger]) {
    expect((await fileOf(mail, cookie)).status).toBe(404)
    const again = formRequest(`/partner/mails/${mail}/send`, {}, cookie)
    expect((await send(again, { params: Promise.resolve({ mail }) })).status).toBe(404)
  }
  expect((await fileOf(mail)).headers.get('location')).toMatch(/^\/sign-in\?next=/)
})

test('where no mail server is set, a mail cannot be sent again, and the answer says so', async () => {
  const { mail, owner } = await keptMail()
  const again = formRequest(`/partner/mails/${mail}/send`, {}, owner)
  const answer = await send(again, { params: Promise.resolve({ mail }) })
  expect(answer.status).toBe(409)
  expect(await answer.text()).toContain('This mail cannot be sent now')
})

test('notices are marked as seen by whoever they are for', async () => {
  const workspace = await makeWorkspace()
  const { owner, slug } = workspace
  await remindOf(workspace, await bareConnection(owner))
  const [notice] = (await listNotices(owner)).rows
  const press = async (cookie: string) =>
    seen(formRequest(`/w/${slug}/notices/seen`, { newest: notice?.id ?? '' }, cookie), {
      params: Promise.resolve({ workspace: slug }),
    })
  expect((await press(await signedIn(await makeMember(workspace, 'admin')))).status).toBe(404)
  expect((await listNotices(owner)).rows[0]?.seen).toBe(false)
  const answer = await press(await signedIn(owner))
  expect([answer.status, answer.headers.get('location')]).toEqual([303, `/w/${slug}/notices`])
  expect((await listNotices(owner)).rows[0]?.seen).toBe(true)
})
