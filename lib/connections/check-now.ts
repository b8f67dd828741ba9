import type { MemberActor } from '#lib/actors.ts'
import { requestConnectionCheck } from '#lib/checks/request.ts'
import { takeTry } from '#lib/checks/tries.ts'
import { transaction } from '#lib/db/client.ts'
import { GangwayError } from '#lib/errors.ts'
import { mayMend } from './may-mend.ts'
import { readConnection } from './read.ts'

/**
 * **Check now**: the doctor looks at a connection again, by a task. For admins and for whoever made it; ten an hour, since each
 * is several requests of the account's limit. Throws `conflict` for one that is switched off: it makes no requests.
 */
export async function checkNow(actor: MemberActor, input: { connectionId: string }): Promise<void> {
  const connection = await readConnection(actor, input.connectionId)
  if (!mayMend(actor, connection)) {
    throw new GangwayError('forbidden', `${actor.role} may not check this connection`, {
      said: { key: 'connections.check_forbidden' },
    })
  }
  if (connection.status === 'inactive') {
    throw new GangwayError('conflict', 'connection is inactive', {
      said: { key: 'connections.not_usable.inactive' },
    })
  }
  const left = await takeTry(`${actor.workspaceId}:${connection.id}`)
  if (left.refused) {
    throw new GangwayError('too_many', 'too many checks', {
      said: { key: 'connections.too_many_checks', values: { minutes: left.minutes } },
      retryAfterSeconds: left.minutes * 60,
    })
  }
  await transaction(tx =>
    requestConnectionCheck(
      tx,
      { workspaceId: actor.workspaceId, connectionId: connection.id },
      { by: actor },
    ),
  )
}
