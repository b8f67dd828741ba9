import { z } from 'zod'
import type { RemoteAccount, RemoteCandidate, RemoteJob } from '../remote.ts'
import { label } from './subdomain.ts'

/** No name over there is longer, and no address. */
const longestName = 500
const longestAddress = 2000

/** PostgreSQL keeps neither a NUL nor half a character, and one job that held either would keep away all others. */
const storable = (value: string, longest = longestName): string =>
  value
    .slice(0, longest)
    .toWellFormed()
    .replace(/\p{Cc}+/gu, ' ')
    .trim()

/** Ids are hexadecimal and look like numbers at times; they stay texts. */
const id = z
  .union([z.string(), z.number().int()])
  .transform(value => storable(String(value)))
  .pipe(z.string().min(1))
const text = z
  .string()
  .nullish()
  .catch('')
  .transform(value => storable(value ?? ''))
const address = z
  .string()
  .max(longestAddress)
  .nullish()
  .catch('')
  .transform(value => value ?? '')
const moment = z.string().nullish().catch(undefined).transform(dateOf)
const flag = z.boolean().nullish().catch(false).transform(Boolean)

function dateOf(value: string | null | undefined): Date | undefined {
  const date = value ? new Date(value) : undefined
  return date && !Number.isNaN(date.getTime()) ? date : undefined
}

/** An address of Workable's screens is kept when it is on the account's own origin: no other host, no `javascript:`. */
function ownUrl(value: string, origin: string): { url: string } | undefined {
  const url = URL.canParse(value) ? new URL(value) : undefined
  if (!url || url.username || url.password) return undefined
  return url.origin === origin ? { url: url.href } : undefined
}

const account = z.object({ id, name: text, subdomain: z.string().regex(new RegExp(label, 'i')) })
/** `GET /accounts/:subdomain`: the account itself, unwrapped. */
export const accountReply = account.transform(toAccount)
/** `GET /accounts`: every account that the credential sees. */
export const accountsReply = z.object({ accounts: kept(account.transform(toAccount)) })

function toAccount({ id: remoteId, name, subdomain }: z.infer<typeof account>): RemoteAccount {
  return { remoteId, name: name || subdomain, subdomain: subdomain.toLowerCase() }
}

const member = z.object({ id, name: text, email: text, role: text })
export type Member = z.infer<typeof member>
export const membersReply = z.object({ members: kept(member), paging: paging() })

const job = z.object({
  id,
  shortcode: id,
  title: text,
  code: text,
  state: z.enum(['draft', 'published', 'closed', 'archived', 'unknown']).catch('unknown'),
  department: text,
  department_hierarchy: z
    .array(z.object({ name: text }))
    .nullish()
    .catch([]),
  url: address,
  location: z
    .object({ location_str: text, city: text, region: text, country: text })
    .nullish()
    .catch(undefined),
  updated_at: moment,
})
/** `GET /jobs`. A job without id or shortcode cannot be linked and is left out. */
export const jobsReply = z.object({ jobs: kept(job), paging: paging() })

export function toJob(found: z.infer<typeof job>, origin: string): RemoteJob {
  const department = found.department || found.department_hierarchy?.at(-1)?.name || ''
  return {
    remoteId: found.id,
    remoteRef: found.shortcode,
    title: found.title || found.shortcode,
    code: found.code,
    department,
    place: placeOf(found.location),
    state: found.state,
    ...ownUrl(found.url, origin),
    ...(found.updated_at ? { updatedAt: found.updated_at } : {}),
  }
}

function placeOf(location: z.infer<typeof job>['location']): string {
  if (!location) return ''
  return location.location_str || [location.city, location.country].filter(Boolean).join(', ')
}

const candidate = z.object({
  id,
  name: text,
  firstname: text,
  lastname: text,
  headline: text,
  stage: text,
  disqualified: flag,
  profile_url: address,
  created_at: moment,
})
/** `GET /candidates`. `stage` is the stage's name here, not its slug, whatever the reference says (recorded July 2026). */
export const candidatesReply = z.object({ candidates: kept(candidate), paging: paging() })

export function toCandidate(found: z.infer<typeof candidate>, origin: string): RemoteCandidate {
  return {
    remoteId: found.id,
    name: found.name || [found.firstname, found.lastname].filter(Boolean).join(' '),
    stage: found.stage,
    headline: found.headline,
    disqualified: found.disqualified,
    ...ownUrl(found.profile_url, origin),
    ...(found.created_at ? { createdAt: found.created_at } : {}),
  }
}

/** A list whose broken items are left out: one odd record must not hide the others. */
function kept<T extends z.ZodType>(item: T) {
  return z.array(z.unknown()).transform(items =>
    items.flatMap(one => {
      const parsed = item.safeParse(one)
      return parsed.success ? [parsed.data] : []
    }),
  )
}

/** The whole key is absent on the last page. A broken one is no last page: what follows it would count as gone. */
function paging() {
  return z
    .object({ next: z.string().nullish() })
    .nullish()
    .transform(value => value?.next && storable(value.next, longestAddress))
    .transform(next => next || undefined)
}
