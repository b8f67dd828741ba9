import type { Metadata } from 'next'
import { AddList } from '#components/connections/add-list.tsx'
import { ConnectionCard } from '#components/connections/connection-card.tsx'
import { Receipts } from '#components/connections/receipts.tsx'
import { Page, PageHead } from '#components/shell/page.tsx'
import { Empty } from '#components/ui/empty.tsx'
import { now } from '#lib/clock.ts'
import { accountHost } from '#lib/connections/address.ts'
import { listConnections } from '#lib/connections/list.ts'
import { type ConnectorView, listConnectors } from '#lib/connections/list-connectors.ts'
import { mayMend } from '#lib/connections/may-mend.ts'
import { listReceipts, mostReceipts } from '#lib/connections/receipts.ts'
import { can } from '#lib/members/roles.ts'
import type { ConnectionRow } from '#lib/views.ts'
import { Frame } from '../../../web/frame.tsx'
import { enterPage, type Here } from '../../../web/here.ts'
import { ribbonFor } from '../../../web/ribbon.tsx'
import { monogramOf, pageTitle } from '../../../web/words.tsx'

type Props = { params: Promise<{ workspace: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { say } = await enterPage((await params).workspace)
  return pageTitle(say, say('connections.title'))
}

/** Account > Integrations: each connection there is, and everything that can be added. */
export default async function Integrations({ params }: Props) {
  const here = await enterPage((await params).workspace)
  const { actor, say, workspace } = here
  const connections = await listConnections(actor)
  const connectors = listConnectors(actor)
  const receipts = await listReceipts(actor)
  const home = `/w/${workspace.slug}/integrations`
  const allTests = connections.length > 0 && connections.every(each => each.environment === 'sandbox')
  return (
    <Frame here={here} place="integrations" ribbon={ribbonFor(say, allTests ? 'sandbox' : 'live')}>
      <Page>
        <PageHead title={say('connections.title')} lead={leadOf(here, connections)} />
        <Connections here={here} connections={connections} home={home} />
        <AddList
          say={say}
          mayAdd={can(actor.role, 'manage_integrations')}
          items={connectors.map(each => ({ ...each, href: `${home}/${connectorPath(each)}` }))}
        />
        <Receipts say={say} items={receipts} home={home} more={receipts.length === mostReceipts} />
      </Page>
    </Frame>
  )
}

const connectorPath = ({ id, environment }: ConnectorView): string =>
  environment === 'sandbox' ? `${id}?environment=sandbox` : id

/** What does not go by itself: a person has to do something before it works. */
const needsSomebody = ({ status, healthReason }: ConnectionRow): boolean =>
  status === 'needs_reauth' ||
  healthReason === 'scope_missing' ||
  healthReason === 'account_gone' ||
  healthReason === 'credential_unreadable'

/** How many there are and how many want something; for whoever may not add one, who can. */
function leadOf({ actor, say, workspace }: Here, connections: readonly ConnectionRow[]): string {
  const count = connections.length
  const needing = connections.filter(needsSomebody).length
  const words = needing
    ? say('connections.count_needing', { count, needing })
    : say('connections.count', { count })
  if (can(actor.role, 'manage_integrations')) return words
  const who = can(actor.role, 'connect') ? 'recruiter' : 'viewer'
  return `${words}. ${say(`connections.${who}`, { workspace: workspace.name })}`
}

function Connections(props: { here: Here; connections: readonly ConnectionRow[]; home: string }) {
  const { here, connections, home } = props
  const { say, actor } = here
  if (connections.length === 0) {
    return <Empty icon="plug" title={say('connections.empty.title')} text={say('connections.empty.text')} />
  }
  return (
    <ul className="grid gap-4">
      {connections.map(connection => (
        <ConnectionCard
          key={connection.id}
          say={say}
          connection={connection}
          monogram={monogramOf(say(`${connection.connector}.name`))}
          host={accountHost(connection)}
          href={`${home}/${connection.connector}/${connection.id}`}
          mayMend={mayMend(actor, connection)}
          maySwitch={can(actor.role, 'manage_integrations')}
          now={now()}
        />
      ))}
    </ul>
  )
}
