import type { Metadata } from 'next'
import { Capabilities } from '#components/connections/capabilities.tsx'
import { ConnectionRows } from '#components/connections/connection-rows.tsx'
import { atsName } from '#components/connections/words.ts'
import { Crumbs, Page, PageHead } from '#components/shell/page.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { Card } from '#components/ui/card.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { now } from '#lib/clock.ts'
import { accountHost } from '#lib/connections/address.ts'
import { listConnections } from '#lib/connections/list.ts'
import { type ConnectorView, readConnector } from '#lib/connections/list-connectors.ts'
import { whereToSignIn } from '#lib/link-sessions/offers-sign-in.ts'
import { can } from '#lib/members/roles.ts'
import { textOf } from '#lib/partners/oauth-places.ts'
import type { ConnectionRow } from '#lib/views.ts'
import type { Search } from '../../../../web/form-view.ts'
import { Frame } from '../../../../web/frame.tsx'
import { enterPage, type Here } from '../../../../web/here.ts'
import { orNotFound } from '../../../../web/or-not-found.ts'
import { ribbonFor } from '../../../../web/ribbon.tsx'
import { pageTitle } from '../../../../web/words.tsx'

type Props = { params: Promise<{ workspace: string; connector: string }>; searchParams: Search }

async function open({ params, searchParams }: Props) {
  const { workspace, connector: id } = await params
  const here = await enterPage(workspace)
  const environment = (await searchParams).environment === 'sandbox' ? 'sandbox' : 'live'
  const connector = await orNotFound(() => readConnector(here.actor, id, environment))
  return { here, connector, name: atsName(here.say, { connector: id, environment }) }
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { here, name } = await open(props)
  return pageTitle(here.say, name)
}

/** One ATS, or its sandbox: the way to connect an account, the connections there are, and what it does. */
export default async function ConnectorPage(props: Props) {
  const { here, connector, name } = await open(props)
  const { say, actor, workspace } = here
  const { id, environment, monogram } = connector
  const sandbox = environment === 'sandbox'
  const connections = await listConnections(actor, { connector: id, environment })
  const home = `/w/${workspace.slug}/integrations`
  return (
    <Frame here={here} place="integrations" ribbon={ribbonFor(say, environment)}>
      <Page>
        <Crumbs
          label={say('connections.crumbs')}
          items={[
            { label: say('connections.account') },
            { label: say('connections.title'), href: home },
            { label: name },
          ]}
        />
        <PageHead
          title={name}
          tile={{ monogram, look: sandbox ? 'sandbox' : 'plain' }}
          badges={sandbox && <Badge kind="test-data">{say('connections.test_data')}</Badge>}
          lead={say(sandbox ? 'connections.connector.lead_sandbox' : 'connections.connector.lead', {
            name: say(`${id}.name`),
          })}
        />
        <Workflow here={here} connector={connector} name={name} home={home} />
        <Connections here={here} connector={connector} connections={connections} name={name} home={home} />
        <Capabilities say={say} connector={connector} />
      </Page>
    </Frame>
  )
}

type Part = { here: Here; connector: ConnectorView; name: string; home: string }

/** **Workflow settings** and **New authentication**: the words that guides elsewhere show. */
async function Workflow({ here, connector, name, home }: Part) {
  const { say, actor, workspace } = here
  const ways = (await whereToSignIn(actor)).has(textOf({ ...connector, connector: connector.id }))
  const may = can(actor.role, 'manage_integrations')
  const who = can(actor.role, 'connect') ? 'recruiter' : 'viewer'
  return (
    <Card id="workflow" title={say('connections.connector.workflow')}>
      <div className="flex flex-wrap items-center justify-between gap-4">
        <p className="min-w-0 max-w-[60ch] flex-[1_1_320px] text-muted">
          {may
            ? say(`connections.connector.${ways ? 'new_text_ways' : 'new_text'}`, { name })
            : say(`connections.${who}`, { workspace: workspace.name })}
        </p>
        {may && (
          <form
            method="post"
            action={`${home}/${connector.id}/new-authentication`}
            className="max-mid:w-full"
          >
            <input type="hidden" name="environment" value={connector.environment} />
            <SubmitButton icon="plus" block busy={say('connections.connector.new_busy')}>
              {say('connections.connector.new')}
            </SubmitButton>
          </form>
        )}
      </div>
    </Card>
  )
}

function Connections({
  here,
  connector,
  connections,
  name,
  home,
}: Part & { connections: readonly ConnectionRow[] }) {
  const { say, actor } = here
  const none = can(actor.role, 'manage_integrations') ? 'none' : 'none_look'
  return (
    <Card
      id="connections"
      title={say('connections.connector.connections')}
      aside={say('connections.connector.connections_text', { name })}
      flush
    >
      {connections.length === 0 && (
        <p className="px-5 py-4 text-muted max-mid:px-4">{say(`connections.connector.${none}`)}</p>
      )}
      <ConnectionRows
        say={say}
        monogram={connector.monogram}
        now={now()}
        items={connections.map(connection => ({
          connection,
          host: accountHost(connection),
          href: `${home}/${connector.id}/${connection.id}`,
        }))}
      />
    </Card>
  )
}
