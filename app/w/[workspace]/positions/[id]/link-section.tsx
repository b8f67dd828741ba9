import { ConnectForm } from '#components/positions/connect-form.tsx'
import { shownLink } from '#components/positions/link-cell.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { Crossing, CrossingAhead } from '#components/ui/crossing.tsx'
import { Facts } from '#components/ui/facts.tsx'
import { can } from '#lib/members/roles.ts'
import type { PositionLink, PositionRow } from '#lib/views.ts'
import type { Here } from '../../../../web/here.ts'
import { atsName, monogramOf } from '../../../../web/words.tsx'

type Props = { here: Here; position: PositionRow; base: string }

/** The section Connect ATS: the way to the wizard, or the link that there is. */
export function LinkSection(props: Props) {
  const { position } = props
  return position.link ? <Linked {...props} link={position.link} /> : <NotLinked {...props} />
}

function NotLinked({ here, position, base }: Props) {
  const { say, actor } = here
  const may = can(actor.role, 'connect')
  const closed = position.state === 'closed'
  const text = closed ? 'connect_closed' : may ? 'connect_text' : 'connect_viewer'
  return (
    <section aria-labelledby="ats">
      <Card flush>
        <div className="grid justify-items-center gap-4.5 px-6 py-9 text-center">
          <CrossingAhead here={{ icon: 'briefcase' }} />
          <div className="grid justify-items-center gap-1">
            <h2 id="ats" className="text-lg">
              {say('positions.connect_title')}
            </h2>
            <p className="max-w-[52ch] text-muted">{say(`positions.${text}`)}</p>
          </div>
          {may && !closed && (
            <>
              <ConnectForm say={say} position={`${base}/${position.id}`} label={say('positions.connect')} />
              <p className="text-sm text-faint">{say('positions.connect_note')}</p>
            </>
          )}
        </div>
      </Card>
    </section>
  )
}

function Linked({ here, position, base, link }: Props & { link: PositionLink }) {
  const { say, actor, workspace } = here
  const ats = atsName(say, link.connector)
  const { state, badge } = shownLink(link)
  const look = link.environment === 'sandbox' ? 'sandbox' : 'plain'
  const connection = `/w/${workspace.slug}/integrations/${link.connector}/${link.connectionId}`
  return (
    <section aria-labelledby="ats">
      <Card flush>
        <div className="grid gap-5 p-5">
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
            <Crossing
              size="sm"
              here={{ monogram: monogramOf(workspace.name) }}
              there={{ monogram: monogramOf(ats), look }}
              state={state}
            />
            <div className="min-w-0 flex-1">
              <h2 id="ats">{say('positions.linked_title', { ats })}</h2>
              <p className="wrap-anywhere text-muted">
                {say('positions.linked_text', { job: link.job.title, date: say.date(link.since) })}
              </p>
            </div>
            {badge && <Badge kind={badge.kind}>{say(`positions.link.${badge.word}`)}</Badge>}
            {look === 'sandbox' && <Badge kind="test-data">{say('positions.link.test_data')}</Badge>}
          </div>
          <Facts
            items={[
              { term: say('positions.job'), value: <Job here={here} link={link} ats={ats} /> },
              { term: say('positions.account'), value: link.accountName },
              { term: say('positions.connection'), value: <a href={connection}>{link.connectionName}</a> },
            ]}
          />
          {can(actor.role, 'link') && position.state === 'open' && (
            <div className="flex flex-wrap gap-2">
              <ConnectForm
                short
                icon="arrow-down-up"
                say={say}
                position={`${base}/${position.id}`}
                label={say('positions.change_job')}
              />
              <ButtonLink
                size="sm"
                variant="danger-plain"
                icon="unlink"
                href={`${base}/${position.id}/settings?ask=unlink`}
              >
                {say('positions.unlink')}
              </ButtonLink>
            </div>
          )}
        </div>
      </Card>
    </section>
  )
}

function Job({ here, link, ats }: { here: Here; link: PositionLink; ats: string }) {
  const { job } = link
  return (
    <>
      <span className="font-mono text-sm">{job.remoteRef}</span>
      {job.url && (
        <a href={job.url} rel="noopener noreferrer" target="_blank" className="block text-sm font-normal">
          {here.say('positions.open_job', { ats })}
        </a>
      )}
    </>
  )
}
