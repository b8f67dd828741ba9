import { ActivityList } from '#components/connections/activity-list.tsx'
import { activityOf, mostOfEach } from '#lib/connections/read.ts'
import {
  ConnectionFrame,
  type ConnectionProps,
  connectionTitle,
  openConnection,
} from '../connection-frame.tsx'

export const generateMetadata = connectionTitle

/** What happened to this connection. */
export default async function ConnectionActivity(props: ConnectionProps) {
  const open = await openConnection(props)
  const { here, connection, now } = open
  const events = await activityOf(here.actor, connection.id)
  return (
    <ConnectionFrame open={open} tab="activity">
      <ActivityList
        say={here.say}
        connection={connection}
        items={events}
        more={events.length === mostOfEach}
        now={now}
      />
    </ConnectionFrame>
  )
}
