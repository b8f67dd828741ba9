import { Consents } from '#components/connections/consents.tsx'
import { consentsOf } from '#lib/connections/read.ts'
import {
  ConnectionFrame,
  type ConnectionProps,
  connectionTitle,
  openConnection,
} from '../connection-frame.tsx'

export const generateMetadata = connectionTitle

/** What was agreed to, by whom, when and in which words. */
export default async function ConnectionPermissions(props: ConnectionProps) {
  const open = await openConnection(props)
  const { here, connection, base } = open
  const consents = await consentsOf(here.actor, connection.id)
  return (
    <ConnectionFrame open={open} tab="permissions">
      <Consents say={here.say} items={consents} base={base} />
    </ConnectionFrame>
  )
}
