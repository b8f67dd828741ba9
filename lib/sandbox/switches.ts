import { z } from 'zod'
import { defaultOauthSwitches, oauthSwitchShape } from './oauth/switches.ts'

/**
 * Where the facts about Workable end, a switch (workable-api sections 12 and 13). Each default is the likeliest; whoever
 * speaks to the sandbox must work in every position.
 */
export const switchesSchema = z.strictObject({
  /** Reply to a request whose token lacks the scope. */
  missingScopeStatus: z.union([z.literal(403), z.literal(401)]),
  /** `nested` is the reply of the authorization library, under its older or newer name; `plain` is `{"error":"Forbidden"}`. */
  missingScopeBody: z.enum(['nested_invalid_scope', 'nested_insufficient_scope', 'plain']),
  /** With `false`, a record that does not exist is a 404 even for a token that lacks the scope. */
  scopeCheckedBeforeLookup: z.boolean(),
  /** Body of a 401: as probed, or as most documented examples have it. */
  invalidTokenBody: z.enum(['nested', 'plain']),
  /** Whether a 401 tells an expired or revoked token from an unknown one. */
  deadTokenReasonTold: z.boolean(),
  /** A good token on the host of another account. */
  otherAccountStatus: z.union([z.literal(404), z.literal(403), z.literal(401)]),
  /** A good token of an account that is suspended; nothing is recorded about it. */
  suspendedAccountStatus: z.union([z.literal(403), z.literal(404), z.literal(401)]),
  /** Whether www and the apex answer account tokens on `/spi/v3/accounts`; two clients rely on it. */
  wwwAnswersAccountTokens: z.boolean(),
  /** Whether requests are limited at all. */
  rateLimit: z.boolean(),
  /** Body of a 429. */
  rateLimitBody: z.enum(['json', 'html', 'empty']),
  /** Whether a 429 carries `Retry-After` (seconds to the end of the window). */
  retryAfter: z.boolean(),
  /** Whether the next page under a `shortcode` filter has the old path `/jobs/:shortcode/candidates` (recorded). */
  nextPageUnderJob: z.boolean(),
  /** The back office's menu: of today, or the one that older guides show. */
  menu: z.enum(['current', 'older']),
  ...oauthSwitchShape,
})

export type Switches = z.infer<typeof switchesSchema>

/** The likeliest Workable. */
export const defaultSwitches: Switches = {
  missingScopeStatus: 403,
  missingScopeBody: 'nested_invalid_scope',
  scopeCheckedBeforeLookup: true,
  invalidTokenBody: 'nested',
  deadTokenReasonTold: true,
  otherAccountStatus: 404,
  suspendedAccountStatus: 403,
  wwwAnswersAccountTokens: true,
  rateLimit: true,
  rateLimitBody: 'json',
  retryAfter: false,
  nextPageUnderJob: true,
  menu: 'current',
  ...defaultOauthSwitches,
}
