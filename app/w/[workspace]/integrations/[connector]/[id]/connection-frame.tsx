import { redirect } from 'next/navigation'
import { cache, type ReactNode } from 'react'
import { ConnectionHead, type ConnectionTab } from '#components/connections/connection-head.tsx'
import type { Activation } from '#components/connections/trouble.ts'
import { Page } from '#components/shell/page.tsx'
import { readCheck } from '#lib/checks/read.ts'
import { now } from '#lib/clock.ts'
import { accountHost } from '#lib/connections/address.ts'
import { mayMend } from '#lib/connections/may-mend.ts'
import { countLinkedPositions, readConnection } from '#lib/connections/read.ts'
import { receiptOf } from '#lib/connections/receipts.ts'
import { can } from '#lib/members/roles.ts'
import { countNumbers } from '#lib/numbers/read.ts'
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
  /** Of one that is switched off: the check before **Active**. */
  activation: Activation | undefined
  mayMend: boolean
  /** May switch it off and delete it. */
  maySwitch: boolean
  positions: number
  numbers: number
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
  const home = `/w/${here.workspace.slug}/integrations`
  const connection = await orNotFound(() => readOrReceipt(here, home, id, connector))
  const { workspaceId, permissions } = connection
  const [check, positions, numbers] = await Promise.all([
    readCheck({ workspaceId, permissions, connectionId: id }),
    countLinkedPositions(here.actor, id),
    countNumbers(here.actor, id),
  ])
  const at = now()
  const living = check && check.state !== 'finished' && check.state !== 'cancelled'
  const checking = Boolean(living && at.getTime() - check.createdAt.getTime() < patience)
  return {
    here,
    connection,
    check,
    checking,
    activation: activationOf(connection, check, checking),
    mayMend: mayMend(here.actor, connection),
    maySwitch: can(here.actor.role, 'manage_integrations'),
    positions,
    numbers,
    home,
    base: `${home}/${connector}/${id}`,
    now: at,
  }
})

/** Of a connection that is deleted, in another tab perhaps, the receipt is what is left. */
async function readOrReceipt(here: Here, home: string, id: string, connector: string) {
  try {
    return await readConnection(here.actor, id, connector)
  } catch (error) {
    const receipt = await receiptOf(here.actor, id)
    if (receipt) redirect(`${home}/receipts/${receipt}`)
    throw error
  }
}

function activationOf(
  { status }: ConnectionDetail,
  check: CheckView | undefined,
  checking: boolean,
): Activation | undefined {
  if (status !== 'inactive' || check?.purpose !== 'activate') return undefined
  if (checking) return 'under_way'
  return check.state === 'finished' ? (check.waitReason ?? undefined) : undefined
}

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
