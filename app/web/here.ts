import { cookies, headers } from 'next/headers'
import { notFound, redirect } from 'next/navigation'
import { cache } from 'react'
import { cookieNames, openSession } from '#lib/auth.ts'
import { GangwayError, notFound as notThere } from '#lib/errors.ts'
import type { Say } from '#lib/intl.ts'
import {
  findMember,
  findPartner,
  findSession,
  type InPartner,
  type InWorkspace,
  type SignedIn,
  type Which,
} from '#lib/members/find-session.ts'
import { cookiesOf } from './cookies.ts'
import { signInPath } from './own-path.ts'
import { sayTo } from './say.ts'

/** Who asks, where, and how to speak with them. */
export type Here = InWorkspace & { say: Say }
export type AtPartner = InPartner & { say: Say }
export type Person = SignedIn & { say: Say }

const tokenOfPage = cache(async () => openSession((await cookies()).get(cookieNames.session)?.value))

/** The page's own path with its query, as `proxy.ts` hands it on; for coming back after sign-in. */
const pathOfPage = async () => (await headers()).get('x-gangway-path') ?? undefined

const memberOfPage = cache(async (key: string) => {
  const token = await tokenOfPage()
  return token ? findMember(token, JSON.parse(key) as Which) : 'nobody'
})

/**
 * For a page: the signed-in member of a workspace, asked once a request however often it is called. Nobody signed in leads to
 * the sign-in and back; another workspace is a 404, as one that does not exist.
 */
export async function enterPage(where: string | Which): Promise<Here> {
  const found = await memberOfPage(JSON.stringify(typeof where === 'string' ? { slug: where } : where))
  if (found === 'nobody') redirect(signInPath(await pathOfPage()))
  if (found === 'stranger') notFound()
  return { ...found, say: await sayOfPage(found) }
}

const partnerOfPage = cache(async () => {
  const token = await tokenOfPage()
  return token ? findPartner(token) : 'nobody'
})

/** For a page of the partner's console: as `enterPage`, for the partner's people. */
export async function enterPartnerPage(): Promise<AtPartner> {
  const found = await partnerOfPage()
  if (found === 'nobody') redirect(signInPath(await pathOfPage()))
  if (found === 'stranger') notFound()
  return { ...found, say: await sayOfPage(found) }
}

/** For a page that needs no partner: who is signed in as a person of one, if she is. */
export async function partnerOrNot(): Promise<AtPartner | undefined> {
  const found = await partnerOfPage()
  if (found === 'nobody' || found === 'stranger') return undefined
  return { ...found, say: await sayOfPage(found) }
}

/** For a route handler of the partner's console: throws `unauthenticated` or `not_found`. */
export async function enterPartnerRoute(request: Request): Promise<AtPartner> {
  const token = await openSession(cookiesOf(request)[cookieNames.session])
  const found = token ? await findPartner(token) : 'nobody'
  if (found === 'nobody') throw new GangwayError('unauthenticated', 'no session')
  if (found === 'stranger') throw notThere('partner')
  return { ...found, say: sayOfRequest(request, found) }
}

/** For a page outside of any workspace: the signed-in person. */
export async function personOfPage(): Promise<Person> {
  const found = await visitorOfPage()
  if (!found) redirect(signInPath(await pathOfPage()))
  return { ...found, say: await sayOfPage(found) }
}

/** For a page that anybody may open: who is signed in, if somebody is. */
export const visitorOfPage = cache(async (): Promise<SignedIn | undefined> => {
  const token = await tokenOfPage()
  return token && findSession(token)
})

/** The words of a page, in the reader's language and zone; for a visitor those of the browser. */
export async function sayOfPage(reader?: Pick<SignedIn, 'reads'>): Promise<Say> {
  return sayTo(reader?.reads, (await headers()).get('accept-language'))
}

/**
 * For a route handler: as `enterPage`, but it throws `unauthenticated` or `not_found`; `answerForm` turns the first into the
 * sign-in.
 */
export async function enterRoute(request: Request, where: string | Which): Promise<Here> {
  const token = await openSession(cookiesOf(request)[cookieNames.session])
  const found = token
    ? await findMember(token, typeof where === 'string' ? { slug: where } : where)
    : 'nobody'
  if (found === 'nobody') throw new GangwayError('unauthenticated', 'no session')
  if (found === 'stranger') throw notThere('workspace')
  return { ...found, say: sayOfRequest(request, found) }
}

/** For a route handler that anybody may ask: who is signed in, if somebody is. */
export async function visitorOfRequest(request: Request): Promise<SignedIn | undefined> {
  const token = await openSession(cookiesOf(request)[cookieNames.session])
  return token && findSession(token)
}

/** For a route handler outside of any workspace; throws `unauthenticated`. */
export async function personOfRequest(request: Request): Promise<Person> {
  const found = await visitorOfRequest(request)
  if (!found) throw new GangwayError('unauthenticated', 'no session')
  return { ...found, say: sayOfRequest(request, found) }
}

/** The words of a route handler's answer. */
export const sayOfRequest = (request: Request, reader?: Pick<SignedIn, 'reads'>): Say =>
  sayTo(reader?.reads, request.headers.get('accept-language'))
