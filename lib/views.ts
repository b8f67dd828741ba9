import type { ConnectionRow } from './connections/list.ts'
import type { Environment, HealthReason } from './connectors/contract.ts'

/** What the edges hand to components: plain data, ready to show. Components know nothing else of `lib/`. */
export type { AuditRow } from './audit/rows.ts'
export type { CandidatesView } from './candidates/list-for-position.ts'
export type { CheckView } from './checks/read.ts'
export type { ConnectionRow } from './connections/list.ts'
export type { ConnectorView } from './connections/list-connectors.ts'
export type { ActivityRow, ConnectionDetail, ConsentRow, LinkedPosition } from './connections/read.ts'
export type { Receipt, ReceiptRow, Revoked } from './connections/receipts.ts'
export type { RefreshDay, RefreshHistory } from './connections/refresh-history.ts'
export type { Environment, Finding } from './connectors/contract.ts'
export type { CustomerConnection } from './customers/details.ts'
export type { CustomerRow } from './customers/list.ts'
export type { CustomerSums } from './customers/sums.ts'
export type { Say } from './intl.ts'
export type { MailRow } from './mail/list.ts'
export type { MailDetail } from './mail/read.ts'
export type { InvitationRow } from './members/list-invitations.ts'
export type { PersonDetail, PersonRow } from './members/list-people.ts'
export type { NoticeRow } from './notices/list.ts'
export type { NumberChoice, NumberChoices } from './numbers/choices.ts'
export type { NumberRow } from './numbers/list.ts'
export type { NumberConnection } from './numbers/read.ts'

/** A position in a list or on its own page, with the link it has. */
export type PositionRow = {
  id: string
  title: string
  code: string
  department: string
  place: string
  state: 'open' | 'closed'
  createdAt: Date
  closedAt: Date | null
  /** `gone`: no longer a member; the position keeps the name until somebody gives it another owner. */
  owner: { id: string; name: string; gone: boolean }
  link: PositionLink | undefined
}

/** A living link: through which connection, how that is, and to which job. */
export type PositionLink = {
  id: string
  since: Date
  connectionId: string
  connectionName: string
  connector: string
  environment: Environment
  accountName: string
  way: 'api_key' | 'oauth'
  status: 'active' | 'inactive' | 'needs_reauth' | 'deleted' | 'pending'
  health: 'healthy' | 'degraded' | 'failing'
  healthReason: HealthReason | null
  healthSince: Date
  /** Of a sign-in: why its last refresh brought nothing. */
  refreshProblem: ConnectionRow['refreshProblem']
  /** The member who made the connection: she may mend it. */
  connectionMadeBy: string
  job: {
    id: string
    /** How the ATS names the job in addresses; Workable's shortcode. */
    remoteRef: string
    title: string
    state: 'draft' | 'published' | 'closed' | 'archived' | 'unknown'
    url: string | null
    /** It was not there any more when the account's jobs were last fetched. */
    gone: boolean
  }
}
