import { Agent, type IncomingHttpHeaders, request } from 'node:http'
import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { sessionCookie } from '#lib/auth.ts'
import { linkedPosition } from '#lib/connections/testing.ts'
import { db } from '#lib/db/client.ts'
import { workspaces } from '#lib/db/schema/index.ts'
import { startSession } from '#lib/members/start-session.ts'
import { connected, type Made } from './connected.ts'
import type { Stage } from './table.ts'

/** Somebody at her browser: her workspace's address, and positions that are linked to a job each, through a connection of its own. */
export type Person = { cookie: string; workspace: string; linked: { of: Made; position: string }[] }

const madeJobs = z.object({ jobs: z.array(z.object({ shortcode: z.string() })) })

/** So many people, each signed in, in a workspace of her own. */
export async function newPeople(stage: Stage, count: number, links: number): Promise<Person[]> {
  const order = { jobs: [{ title: 'Customs Declarant', candidates: 3 }] }
  const answer = await stage.sandbox.control('/accounts/larkfield/jobs', 'POST', order)
  const remoteRef = madeJobs.parse(answer).jobs[0]?.shortcode ?? ''
  const people: Person[] = []
  for (let n = 0; n < count; n++) people.push(await newPerson(stage, { links, remoteRef }))
  return people
}

async function newPerson(stage: Stage, { links, remoteRef }: { links: number; remoteRef: string }) {
  const { owner, made } = await connected(stage, links)
  const linked: Person['linked'] = []
  for (const of of made) {
    const { positionId } = await linkedPosition(owner, of.id, { remoteRef })
    linked.push({ of, position: positionId })
  }
  const { userId, workspaceId } = owner
  const { secret } = await startSession(userId, { userAgent: 'faults', address: '127.0.0.1', timeZone: null })
  const [cookie = ''] = (await sessionCookie({ secret, userId })).split(';')
  const [row] = await db().select().from(workspaces).where(eq(workspaces.id, workspaceId))
  return { cookie, workspace: `/w/${row?.slug}`, linked }
}

/** What came back; status 0 where nothing did. */
export type Answer = { status: number; headers: IncomingHttpHeaders; body: string }
export type Ask = (path: string, form?: Record<string, string>) => Promise<Answer>

/** Her browser: it reads a page, or sends a form, over connections that it keeps. */
export function browserOf({ cookie }: Person, origin: string): Ask {
  const agent = new Agent({ keepAlive: true })
  const { host, port } = new URL(origin)
  return (path, form) => {
    const body = form ? new URLSearchParams(form).toString() : ''
    const type = 'application/x-www-form-urlencoded'
    const sent = form ? { origin, 'content-type': type, 'content-length': body.length } : {}
    const headers = { host, cookie, accept: 'text/html', ...sent }
    const method = form ? 'POST' : 'GET'
    return new Promise(resolve => {
      const nothing = () => resolve({ status: 0, headers: {}, body: '' })
      const asked = request({ host: '127.0.0.1', port, path, method, headers, agent }, answer => {
        let text = ''
        answer.setEncoding('utf8').on('data', (part: string) => (text += part))
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: text }),
        )
        answer.on('error', nothing)
      })
      asked.on('error', nothing)
      asked.end(body)
    })
  }
}
