import { z } from 'zod'
import { scopes } from '../scopes.ts'

const id = z.int().positive()
const time = z.number()
const held = z.array(z.enum(scopes))

/** A partner's app. `until` null: the secret is the present one; else it is being replaced and ends then. */
export const oauthAppSchema = z.object({
  id,
  name: z.string(),
  clientId: z.string(),
  secrets: z.array(z.object({ value: z.string(), until: time.nullable() })),
  /** Compared byte for byte. */
  redirectUris: z.array(z.string()),
  createdAt: time,
})

/** An authorization code. Codes that are used stay for a day, so that their second use can be told. */
export const oauthCodeSchema = z.object({
  id,
  appId: id,
  /** Whose consent it is: a person is an e-mail address, over all accounts. */
  email: z.string(),
  scopes: held,
  redirectUri: z.string(),
  /** The S256 challenge, where one was sent. */
  challenge: z.string().nullable(),
  value: z.string(),
  createdAt: time,
  expiresAt: time,
  usedAt: time.nullable(),
  revokedAt: time.nullable(),
  /** What came of it. */
  grantId: id.nullable(),
})

/** One consent that became tokens: the family of every token that descends from the same code. */
export const oauthGrantSchema = z.object({ id, appId: id, email: z.string(), createdAt: time })

/** An access token and its refresh token share a row, as in Doorkeeper: what revokes one revokes both. */
export const oauthTokenSchema = z.object({
  id,
  grantId: id,
  appId: id,
  email: z.string(),
  scopes: held,
  accessToken: z.string(),
  /** Null where a later row has taken it over (no rotation). */
  refreshToken: z.string().nullable(),
  /** The row whose refresh token made this one, and which dies with this one's first use. */
  previousId: id.nullable(),
  createdAt: time,
  expiresAt: time,
  /** May lie in the future: a grace. */
  revokedAt: time.nullable(),
  usedAt: time.nullable(),
})

export type OauthApp = z.infer<typeof oauthAppSchema>
export type OauthCode = z.infer<typeof oauthCodeSchema>
export type OauthGrant = z.infer<typeof oauthGrantSchema>
export type OauthToken = z.infer<typeof oauthTokenSchema>
