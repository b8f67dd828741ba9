import { z } from 'zod'
import { memberRoles } from '#lib/actors.ts'

const moment = z.iso.datetime()

const invitation = z.object({
  inviter: z.string(),
  workspace: z.string(),
  partner: z.string(),
  role: z.enum(memberRoles),
  until: moment,
})

/** A connection that wants something, as its mails speak of it; `path` is the page on which it is mended. */
const connection = {
  workspace: z.string(),
  connection: z.string(),
  connector: z.string(),
  account: z.string(),
  environment: z.enum(['live', 'sandbox']),
  path: z.string().regex(/^\/(?!\/)/),
}

/** A partner's OAuth app, as the mails to its people speak of it; `path` is its page. */
const app = {
  connector: z.string(),
  environment: z.enum(['live', 'sandbox']),
  path: z.string().regex(/^\/(?!\/)/),
}

/**
 * What each kind of mail speaks of. Moments are ISO, days YYYY-MM-DD. Its words stand in `messages/en/mail.json`, below its kind;
 * a one-time address is not among these: it is sealed.
 */
export const mailData = {
  invitation,
  /** The partner's own person asks somebody to bring her company aboard. */
  customer_invitation: invitation,
  password_reset: z.object({ until: moment }),
  password_changed: z.object({ at: moment }),
  /** `left`: whole days until the key ends, 0 on its last day. */
  key_expires: z.object({ ...connection, left: z.number(), expiresOn: z.iso.date() }),
  needs_reauth: z.object({
    ...connection,
    // Mails of before there was another way speak of a key.
    way: z.enum(['api_key', 'oauth']).default('api_key'),
    since: moment,
  }),
  /** `source`: where its secret is changed. */
  app_refused: z.object({ ...app, since: moment, source: z.enum(['console', 'environment']) }),
  app_away: z.object({ ...app, since: moment }),
  app_doubted: z.object({ ...app, at: moment }),
  app_works: z.object({ ...app, at: moment }),
} as const satisfies Record<string, z.ZodType<Record<string, string | number>>>

/** Every mail there is. */
export type MailKind = keyof typeof mailData
export const mailKinds = Object.keys(mailData) as MailKind[]

/** A kind with what it speaks of. */
export type MailContent = { [K in MailKind]: { kind: K; data: z.output<(typeof mailData)[K]> } }[MailKind]

/** A stored mail's content; undefined for a kind that this program does not know, or data that its words cannot speak of. */
export function contentOf(kind: string, data: unknown): MailContent | undefined {
  const known = mailKinds.find(each => each === kind)
  const parsed = known && mailData[known].safeParse(data)
  return parsed?.success ? ({ kind: known, data: parsed.data } as MailContent) : undefined
}
