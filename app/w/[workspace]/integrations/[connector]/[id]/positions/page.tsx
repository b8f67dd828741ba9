import { LinkedPositions } from '#components/connections/linked-positions.tsx'
import { linkedPositions } from '#lib/connections/read.ts'
import {
  ConnectionFrame,
  type ConnectionProps,
  connectionTitle,
  openConnection,
} from '../connection-frame.tsx'

export const generateMetadata = connectionTitle

/** The positions that are linked through this connection. */
export default async function ConnectionPositions(props: ConnectionProps) {
  const open = await openConnection(props)
  const { here, connection } = open
  const linked = await linkedPositions(here.actor, connection.id)
  return (
    <ConnectionFrame open={open} tab="positions">
      <LinkedPositions
        say={here.say}
        items={linked}
        positions={`/w/${here.workspace.slug}/positions`}
        more={open.positions > linked.length}
      />
    </ConnectionFrame>
  )
}
