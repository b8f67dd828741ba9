import type { ReactNode } from 'react'
import { Crumbs, PageHead } from '#components/shell/page.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { Tabs } from '#components/ui/tabs.tsx'
import type { ConnectionDetail, Say } from '#lib/views.ts'
import { ConnectionBadges } from './badges.tsx'
import { MendForm } from './mend-form.tsx'
import { SwitchForm } from './switch-form.tsx'
import { type Activation, troubleOf } from './trouble.ts'
import { atsName } from './words.ts'

export type ConnectionTab = 'health' | 'permissions' | 'positions' | 'numbers' | 'activity' | 'settings'

type Props = {
  say: Say
  connection: ConnectionDetail
  monogram: string
  host: string
  /** Address of Account > Integrations. */
  home: string
  /** Address of this connection; each tab lies below it. */
  base: string
  tab: ConnectionTab
  positions: number
  numbers: number
  mayMend: boolean
  maySwitch: boolean
  checking: boolean
  activation: Activation | undefined
  now: Date
}

/** The top of each of a connection's pages: where it lies, what and how it is, whose turn it is, and its parts. */
export function ConnectionHead(props: Props) {
  const { say, connection, home, base } = props
  const ats = `${home}/${connection.connector}${connection.environment === 'sandbox' ? '?environment=sandbox' : ''}`
  return (
    <>
      <Crumbs
        label={say('connections.crumbs')}
        items={[
          { label: say('connections.account') },
          { label: say('connections.title'), href: home },
          { label: atsName(say, connection), href: ats },
          { label: connection.name },
        ]}
      />
      <PageHead
        title={connection.name}
        lead={<HeadWords {...props} />}
        tile={{
          monogram: props.monogram,
          look: connection.environment === 'sandbox' ? 'sandbox' : 'plain',
        }}
        badges={
          <ConnectionBadges say={say} connection={connection} now={props.now} switched={props.maySwitch} />
        }
        actions={
          <>
            {props.maySwitch && <SwitchForm {...props} from="page" />}
            <CheckNow {...props} />
          </>
        }
      />
      <Tabs label={say('connections.tabs.label')} items={tabsOf(say, base, props)} />
      <TroubleCallout {...props} />
    </>
  )
}

function HeadWords({ say, connection, host }: Props): ReactNode {
  const { way, lastFour } = connection
  const how =
    way === 'api_key' ? lastFour && say('connections.head.key', { lastFour }) : say('connections.head.oauth')
  return (
    <>
      <span className="font-mono text-sm">{host}</span>
      {how && `, ${how}`}
    </>
  )
}

/** There is nothing to press where a check makes no requests, where one is under way, or for somebody who may not. */
function CheckNow({ say, connection, base, mayMend, checking }: Props) {
  if (!mayMend || checking || connection.status === 'inactive') return null
  return (
    <form method="post" action={`${base}/check-now`}>
      <SubmitButton variant="plain" icon="shield-check" block busy={say('connections.check.now_busy')}>
        {say('connections.check.now')}
      </SubmitButton>
    </form>
  )
}

const tabsOf = (say: Say, base: string, { tab, ...counts }: Props) =>
  (['health', 'permissions', 'positions', 'numbers', 'activity', 'settings'] as const).map(each => ({
    label: say(`connections.tabs.${each}`),
    href: each === 'health' ? base : `${base}/${each}`,
    current: each === tab,
    count:
      (each === 'positions' || each === 'numbers') && counts[each] > 0 ? say.number(counts[each]) : undefined,
  }))

function TroubleCallout(props: Props) {
  const { say, connection, base, mayMend } = props
  const trouble = troubleOf(say, connection, props)
  if (!trouble) return null
  const mend = mayMend && trouble.key && <MendForm say={say} base={base} connection={connection} />
  return (
    <Callout tone={trouble.tone} title={trouble.title} action={mend}>
      <p>{trouble.text}</p>
    </Callout>
  )
}
