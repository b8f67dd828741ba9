import { z } from 'zod'

const MAX_MS = 600_000

/** What can go wrong, on purpose. Those marked "after" let the sandbox act and then spoil its answer. */
const faultKindSchema = z.discriminatedUnion('kind', [
  /** Answers with this status, body and headers instead of acting; with 404 and one request, the spurious 404. */
  z.strictObject({
    kind: z.literal('status'),
    status: z.int().min(200).max(599),
    body: z
      .union([z.string(), z.record(z.string(), z.unknown())])
      .default({ error: 'Injected by the sandbox' }),
    headers: z.record(z.string(), z.string()).default({}),
  }),
  /** Waits, then acts and answers as always. */
  z.strictObject({ kind: z.literal('delay'), ms: z.int().min(1).max(MAX_MS) }),
  /** Cuts the connection without a byte of an answer: before the sandbox has acted, or after. */
  z.strictObject({ kind: z.literal('drop'), acted: z.boolean().default(false) }),
  /** A page of HTML with this status instead of acting, as a login page or a proxy's notice is. */
  z.strictObject({ kind: z.literal('html'), status: z.int().min(200).max(599).default(200) }),
  /** After: half of the answer. `cut` breaks the connection there; else the length fits and the JSON does not. */
  z.strictObject({ kind: z.literal('truncated'), cut: z.boolean().default(true) }),
  /** JSON of so many bytes with status 200, instead of acting. */
  z.strictObject({
    kind: z.literal('huge'),
    bytes: z
      .int()
      .min(1)
      .max(2 ** 31)
      .default(64 * 1024 * 1024),
  }),
  /** After: the answer in pieces of `bytes` every `ms`. */
  z.strictObject({
    kind: z.literal('slow'),
    bytes: z.int().min(1).max(65_536).default(1),
    ms: z.int().min(1).max(MAX_MS).default(1000),
  }),
  /** Sends the request elsewhere, instead of acting. */
  z.strictObject({
    kind: z.literal('redirect'),
    location: z.string().min(1).max(2000),
    status: z
      .union([z.literal(301), z.literal(302), z.literal(303), z.literal(307), z.literal(308)])
      .default(302),
  }),
])

export type FaultKind = z.infer<typeof faultKindSchema>

/** A fault, where it strikes and how often. */
export const faultWishSchema = z.strictObject({
  /** Path without the query; `*` stands for one segment, `**` for any rest. */
  path: z.string().startsWith('/').max(500),
  method: z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']).optional(),
  /** Host without its port, such as `acme.workable.localhost`; absent: any. */
  host: z.string().max(253).optional(),
  /** How many requests it strikes; `null` until it is taken away. */
  times: z.int().min(1).nullable().default(1),
  /** How many requests that fit pass before it begins. */
  after: z.int().min(0).default(0),
  fault: faultKindSchema,
})

export type FaultWish = z.infer<typeof faultWishSchema>
