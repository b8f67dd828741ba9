import { cache, type ReactNode } from 'react'
import { ConnectionHead, type ConnectionTab } from '#components/connections/connection-head.tsx'
import { Page } from '#components/shell/page.tsx'
import { readCheck } from '#lib/checks/read.ts'
import { now } from '#lib/clock.ts'
import { accountHost } from '#lib/connections/address.ts'
import { mayMend } from '#lib/connections/may-mend.ts'
import { countLinkedPositions, readConnection } from '#lib/connections/read.ts'
import type { CheckView, ConnectionDetail } from '#lib/views.ts'
import { Frame } from '../../../../../web/frame.tsx'
import { enterPage, type Here } from '../../../../../web/here.ts'
import { orNotFound } from '../../../../../web/or-not-found.ts'
import { ribbonFor } from '../../../../../web/ribbon.tsx'
import { monogramOf, pageTitle } from '../../../../../web/words.tsx'

export type ConnectionProps = { params: Promise<{ workspace: string; connector: string; id: string }> }

export type OpenConnection = {
  here: Here
  connection: ConnectionDetail
  check: CheckView | undefined
  checking: boolean
  mayMend: boolean
  positions: number
  /** Address of Account > Integrations, and of this connection. */
  home: string
  base: string
  now: Date
}

/** A check that began longer ago than this has lost its worker: the page stops waiting for it. */
const patience = 10 * 60 * 1000

/** What each of a connection's pages shows of it; a 404 for what is not this workspace's or not this ATS's. */
export async function openConnection({ params }: ConnectionProps): Promise<OpenConnection> {
  const { workspace, connector, id } = await params
  return openOnce(workspace, connector, id)
}

const openOnce = cache(async (workspace: string, connector: string, id: string): Promise<OpenConnection> => {
  const here = await enterPage(workspace)
  const connection = await orNotFound(() => readConnection(here.actor, id, connector))
  const { workspaceId, permissions } = connection
  const [check, positions] = await Promise.all([
    readCheck({ workspaceId, permissions, connectionId: id }),
    countLinkedPositions(here.actor, id),
  ])
  const at = now()
  const living = check && check.state !== 'finished' && check.state !== 'cancelled'
  const home = `/w/${here.workspace.slug}/integrations`
  return {
    here,
    connection,
    check,
    checking: Boolean(living && at.getTime() - check.createdAt.getTime() < patience),
    mayMend: mayMend(here.actor, connection),
    positions,
    home,
    base: `${home}/${connector}/${id}`,
    now: at,
  }
})

export async function connectionTitle(props: ConnectionProps) {
  const { here, connection } = await openConnection(props)
  return pageTitle(here.say, connection.name)
}

/** The app around one of a connection's pages. */
export function ConnectionFrame(props: { open: OpenConnection; tab: ConnectionTab; children: ReactNode }) {
  const { here, connection, ...open } = props.open
  const { say } = here
  return (
    <Frame here={here} place="integrations" ribbon={ribbonFor(say, connection.environment)}>
      <Page>
        <ConnectionHead
          {...open}
          say={say}
          connection={connection}
          monogram={monogramOf(say(`${connection.connector}.name`))}
          host={accountHost(connection)}
          tab={props.tab}
        />
        {props.children}
      </Page>
    </Frame>
  )
}
