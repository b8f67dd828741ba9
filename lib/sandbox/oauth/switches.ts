import { z } from 'zod'
import { scopes } from '../scopes.ts'

const scopeEcho = z.enum(['granted', 'r_jobs', 'absent'])
/** What RFC 6749 lets an error be made of. */
const errorText = z.string().regex(/^[\x20-\x21\x23-\x5b\x5d-\x7e]{1,200}$/)

/** The switches of the authorization server (workable-api sections 9 and 12). */
export const oauthSwitchShape = {
  /** What consent leaves out of what was asked for, as if the person had no right to it. */
  scopesWithheld: z.array(z.enum(scopes)),
  /** Errors before anybody is asked: a page, or back to the redirect URI. Client and redirect URI are always a page. */
  authorizeErrors: z.enum(['page', 'redirect']),
  /** Any error code: every authorization of a known client ends in it at once. */
  authorizeError: errorText.nullable(),
  /** What goes with `authorizeError`; null: the usual text, if there is one. */
  authorizeErrorDescription: errorText.nullable(),
  /** A `resource` that is not `user`. */
  otherResource: z.enum(['ignored', 'refused']),
  /** `iss` of RFC 9207 in what is sent back: none, right, or wrong in two ways. */
  issuer: z.enum(['absent', 'right', 'foreign', 'trailing_slash']),
  /** Whether a challenge that was sent binds the exchange. */
  pkceChecked: z.boolean(),
  codeSeconds: z.number().min(1).max(86_400),
  /** The second use of a code takes away what came of the first (RFC 6749, 4.1.2). */
  codeReuseRevokes: z.boolean(),
  /** How long an access token lives. */
  accessTokenSeconds: z.number().min(0.05).max(315_360_000),
  /** `expires_in` as it is, as text, left out, or any number whatever the truth. */
  expiresInTold: z.union([z.enum(['actual', 'as_text', 'absent']), z.number()]),
  tokenTypeTold: z.string().max(40),
  createdAtInExchange: z.boolean(),
  createdAtInRefresh: z.boolean(),
  scopeInExchange: scopeEcho,
  scopeInRefresh: scopeEcho,
  /** Status of an error: 401 for all as documented, or 400 with 401 for `invalid_client` as the library has it today. */
  tokenErrorStatus: z.union([z.literal(401), z.literal(400)]),
  tokenErrorBody: z.enum(['json', 'html', 'none']),
  /** Whether an error carries `WWW-Authenticate`. */
  tokenErrorChallenge: z.boolean(),
  /** Where the client may put id and secret. */
  clientAuthentication: z.enum(['body', 'body_or_basic']),
  /** What becomes of the old pair at a refresh: see README. */
  refreshRotation: z.enum(['on_use', 'immediate', 'grace', 'none']),
  refreshGraceSeconds: z.number().min(0).max(86_400),
  /** With `immediate` and `grace`: a refresh token that has been replaced takes its whole family with it. */
  reuseRevokesFamily: z.boolean(),
  /** Another client's token, or a wrong secret, at the revocation. */
  revokeWrongClient: z.union([z.literal(403), z.literal(200)]),
  /** A token whose access token has expired: both die, or 200 without effect. */
  revokeExpired: z.enum(['both_die', 'no_effect']),
  /** What a revocation reaches: the one pair, or all that came of the same consent. */
  revokeReaches: z.enum(['pair', 'family']),
  /** What a person's token sees of jobs and candidates: what she may see in the back office's sense, or everything. */
  userTokenSees: z.enum(['as_member', 'everything']),
  /** Requests in ten seconds for an OAuth token: as a partner's, or as an account token's. */
  oauthRateLimit: z.union([z.literal(50), z.literal(10)]),
}

/** The likeliest authorization server. */
export const defaultOauthSwitches: z.infer<z.ZodObject<typeof oauthSwitchShape>> = {
  scopesWithheld: [],
  authorizeErrors: 'page',
  authorizeError: null,
  authorizeErrorDescription: null,
  otherResource: 'ignored',
  issuer: 'absent',
  pkceChecked: true,
  codeSeconds: 600,
  codeReuseRevokes: false,
  accessTokenSeconds: 7200,
  expiresInTold: 'actual',
  tokenTypeTold: 'bearer',
  createdAtInExchange: true,
  createdAtInRefresh: false,
  scopeInExchange: 'granted',
  scopeInRefresh: 'granted',
  tokenErrorStatus: 401,
  tokenErrorBody: 'json',
  tokenErrorChallenge: true,
  clientAuthentication: 'body',
  refreshRotation: 'on_use',
  refreshGraceSeconds: 5,
  reuseRevokesFamily: false,
  revokeWrongClient: 403,
  revokeExpired: 'both_die',
  revokeReaches: 'pair',
  userTokenSees: 'as_member',
  oauthRateLimit: 50,
}
