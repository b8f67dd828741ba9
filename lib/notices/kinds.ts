import { z } from 'zod'

/** What each kind of notice keeps: moments in ISO, days YYYY-MM-DD. Names are read anew when it is shown. */
export const noticeData = {
  needs_reauth: z.object({ since: z.iso.datetime() }),
  /** `days`: the threshold that was reached; `left`: whole days until the key ends. `version` is that of the credential. */
  key_expires: z.object({
    days: z.number(),
    left: z.number(),
    expiresOn: z.iso.date(),
    version: z.number(),
  }),
} as const satisfies Record<string, z.ZodType<Record<string, string | number>>>

export type NoticeKind = keyof typeof noticeData

/** A kind with what it keeps. */
export type NoticeContent = {
  [K in NoticeKind]: { kind: K; data: z.output<(typeof noticeData)[K]> }
}[NoticeKind]

/** A stored notice's content; undefined for one that this program does not know. */
export function noticeContent(kind: string, data: unknown): NoticeContent | undefined {
  const known = (Object.keys(noticeData) as NoticeKind[]).find(each => each === kind)
  const parsed = known && noticeData[known].safeParse(data)
  return parsed?.success ? ({ kind: known, data: parsed.data } as NoticeContent) : undefined
}
