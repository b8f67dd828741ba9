import { Badge } from '#components/ui/badge.tsx'
import type { ConnectionRow, Say } from '#lib/views.ts'
import { refusedOnce } from './trouble.ts'
import { atsName, when } from './words.ts'

const statusKinds = {
  pending: 'pending',
  inactive: 'inactive',
  needs_reauth: 'needs-reauth',
  deleted: 'deleted',
} as const

type Shown = Pick<
  ConnectionRow,
  | 'connector'
  | 'environment'
  | 'status'
  | 'way'
  | 'health'
  | 'healthReason'
  | 'healthSince'
  | 'refreshProblem'
>

/**
 * How a connection is: its status where that is out of the ordinary, else its health; and whether it is test data. `switched`:
 * a switch beside them says already whether it is on.
 */
export function ConnectionBadges(props: {
  say: Say
  connection: Shown
  now: Date
  switched?: boolean | undefined
}) {
  const { say, connection, now, switched } = props
  const { status, way, environment } = connection
  return (
    <>
      {environment === 'sandbox' && <Badge kind="test-data">{say('connections.test_data')}</Badge>}
      {status === 'active' && <HealthBadge say={say} connection={connection} now={now} />}
      {status !== 'active' && !(switched && status === 'inactive') && (
        <Badge kind={statusKinds[status]}>
          {say(`connections.status.${status}${status === 'needs_reauth' ? `.${way}` : ''}`)}
        </Badge>
      )}
    </>
  )
}

function HealthBadge(props: { say: Say; connection: Shown; now: Date }) {
  const { say, connection, now } = props
  const { healthReason, healthSince, refreshProblem } = connection
  // What the last check found is not so any more, and what is so is known in a moment.
  const refused = connection.health === 'healthy' && refusedOnce(healthReason, refreshProblem)
  const health = refused ? 'degraded' : connection.health
  const why = refused ? 'refused_once' : (healthReason ?? 'unexpected_answer')
  const reason = say(`connections.reason.${why}`, { name: atsName(say, connection) })
  const since = when(say, healthSince, now)
  return <Badge kind={health}>{say(`connections.health.${health}`, { reason, since })}</Badge>
}
