import { MendForm } from '#components/connections/mend-form.tsx'
import { atsName } from '#components/connections/words.ts'
import { ChangeJobForm } from '#components/positions/change-job-form.tsx'
import { shownLink } from '#components/positions/link-cell.tsx'
import { linkTrouble } from '#components/positions/link-trouble.ts'
import { Badge } from '#components/ui/badge.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { Card } from '#components/ui/card.tsx'
import { Crossing } from '#components/ui/crossing.tsx'
import { Facts } from '#components/ui/facts.tsx'
import { now } from '#lib/clock.ts'
import { mayMend } from '#lib/connections/may-mend.ts'
import { can } from '#lib/members/roles.ts'
import type { PositionLink, PositionRow } from '#lib/views.ts'
import type { Here } from '../../../../web/here.ts'
import { monogramOf } from '../../../../web/words.tsx'

type Props = { here: Here; position: PositionRow; link: PositionLink; base: string }

/** A position's link: how it is and whose turn it is, the job and the connection, and what can be done about it. */
export function Linked(props: Props) {
  const { here, link } = props
  const { say, workspace } = here
  const ats = atsName(say, link)
  const { state, badge } = shownLink(link)
  const look = link.environment === 'sandbox' ? 'sandbox' : 'plain'
  const connection = `/w/${workspace.slug}/integrations/${link.connector}/${link.connectionId}`
  return (
    <section aria-labelledby="ats">
      <Card flush>
        <div className="grid gap-5 p-5 max-mid:p-4">
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
            <Crossing
              size="sm"
              here={{ monogram: monogramOf(workspace.name) }}
              there={{ monogram: monogramOf(ats), look }}
              state={state}
            />
            <div className="min-w-0 flex-1 max-mid:basis-full">
              <h2 id="ats">{say('positions.linked_title', { ats })}</h2>
              <p className="wrap-anywhere text-muted">
                {say('positions.linked_text', { job: link.job.title, date: say.date(link.since) })}
              </p>
            </div>
            <div className="flex flex-wrap items-center gap-1.5">
              {badge && (
                <Badge kind={badge.kind}>{say(`positions.link.${badge.word}`, { way: link.way })}</Badge>
              )}
              {look === 'sandbox' && <Badge kind="test-data">{say('positions.link.test_data')}</Badge>}
            </div>
          </div>
          <Trouble here={here} link={link} connection={connection} />
          <Facts
            items={[
              { term: say('positions.job'), value: <Job say={say} link={link} ats={ats} /> },
              { term: say('positions.account'), value: link.accountName },
              { term: say('positions.connection'), value: <a href={connection}>{link.connectionName}</a> },
            ]}
          />
          <Acts {...props} />
        </div>
      </Card>
    </section>
  )
}

type Say = Here['say']

/** What is the matter, and where a new key or sign-in is all it wants, the way to that: for who may. */
function Trouble({ here, link, connection }: { here: Here; link: PositionLink; connection: string }) {
  const { say, actor } = here
  const may = mayMend(actor, { createdBy: link.connectionMadeBy })
  const trouble = linkTrouble(say, link, { now: now(), mayMend: may })
  if (!trouble) return null
  const mends = may && link.status === 'needs_reauth'
  const { connectionName: name, way } = link
  return (
    <Callout
      tone={trouble.tone}
      action={mends && <MendForm say={say} base={connection} connection={{ name, way }} />}
    >
      <p>
        {trouble.text} {trouble.see === 'connection' && <a href={connection}>{say('linked.see')}</a>}
      </p>
    </Callout>
  )
}

function Job({ say, link, ats }: { say: Say; link: PositionLink; ats: string }) {
  const { job } = link
  return (
    <>
      <span className="font-mono text-sm">{job.remoteRef}</span>
      {job.url && (
        <a href={job.url} rel="noopener noreferrer" target="_blank" className="block text-sm font-normal">
          {say('positions.open_job', { ats })}
        </a>
      )}
    </>
  )
}

/** Change job and Unlink; without the right to either, or while the connection makes no requests, why not. */
function Acts({ here, position, link, base }: Props) {
  const { say, actor, workspace } = here
  if (!can(actor.role, 'link')) {
    return <p className="text-sm text-faint">{say('linked.who', { workspace: workspace.name })}</p>
  }
  const own = `${base}/${position.id}`
  const open = position.state === 'open'
  const works = link.status === 'active'
  return (
    <div className="flex flex-wrap items-center gap-2">
      {open && works && <ChangeJobForm say={say} position={own} connectionId={link.connectionId} />}
      <ButtonLink size="sm" variant="danger-plain" icon="unlink" href={`${own}/settings?ask=unlink`}>
        {say('positions.unlink')}
      </ButtonLink>
      {open && !works && <p className="text-sm text-faint">{say('linked.change_not')}</p>}
    </div>
  )
}
