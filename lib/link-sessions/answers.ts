import type { Permissions, Way } from '#lib/connectors/contract.ts'

/** What the wizard was told so far. Never a secret: the API key goes straight to the candidate credential. */
export type Answers = {
  way?: Way
  /** Is the person an admin of the ATS? `other`: somebody else is, and gets a text. */
  admin?: 'me' | 'other'
  permissions?: Permissions
  /** Values of the manifest's fields as understood, by field id; secret ones are absent. */
  fields?: Record<string, string>
  /** What was typed for a field where something else was understood, by field id: shown beside it. Never a secret. */
  typedAs?: Record<string, string>
  /** By signing in: the account, by the ATS's id, that she said to use. */
  accountId?: string
  /** Name that the connection gets. */
  name?: string
  /** An existing connection that is used instead of making one. */
  useConnectionId?: string
  /** The connection that the walk is to give a new key, and nothing else. */
  mendConnectionId?: string
}
