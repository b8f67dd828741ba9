import { ButtonLink } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { Empty } from '#components/ui/empty.tsx'
import { Table } from '#components/ui/table.tsx'
import { type CandidatesView, listCandidatesForPosition } from '#lib/candidates/list-for-position.ts'
import type { PositionLink } from '#lib/views.ts'
import type { Here } from '../../../../web/here.ts'
import { atsName } from '../../../../web/words.tsx'

type Props = { here: Here; positionId: string; link: PositionLink; own: string; cursor: string | undefined }

/** The job's candidates by name and stage, a page at a time, read from the ATS while the person waits; nothing is stored. */
export async function Candidates({ here, positionId, link, own, cursor }: Props) {
  const { actor, say } = here
  const ats = atsName(say, link.connector)
  const view = await listCandidatesForPosition(actor, { positionId, cursor })
  return (
    <section aria-labelledby="candidates" className="grid gap-3">
      <div>
        <h2 id="candidates">{say('candidates.title')}</h2>
        {view.state === 'read' && <p className="text-muted">{say('candidates.lead', { ats })}</p>}
      </div>
      <Shown here={here} ats={ats} view={view} own={own} later={cursor !== undefined} />
    </section>
  )
}

const namedFailures = ['rate_limited', 'not_usable', 'credential_unreadable']

function Shown(props: { here: Here; ats: string; view: CandidatesView; own: string; later: boolean }) {
  const { ats, view, own, later } = props
  const { say } = props.here
  if (view.state === 'not_linked') return null
  if (view.state === 'failed') {
    const named = namedFailures.includes(view.failure) ? view.failure : 'other'
    return (
      <Callout tone="warn" role="status" title={say('candidates.failed.title')}>
        {say(`candidates.failed.${named}`, { ats })}
      </Callout>
    )
  }
  const { items, next } = view.page
  if (items.length === 0 && !later)
    return <Empty icon="users" title={say('candidates.title')} text={say('candidates.none', { ats })} />
  const columns = [
    { key: 'name', label: say('candidates.name') },
    { key: 'stage', label: say('candidates.stage') },
  ]
  const rows = items.map(({ remoteId, name, stage, disqualified }) => ({
    key: remoteId,
    cells: [
      <bdi key="name">{name}</bdi>,
      <span key="stage">
        <bdi>{stage}</bdi>
        {disqualified && <span className="text-muted"> · {say('candidates.disqualified')}</span>}
      </span>,
    ],
  }))
  return (
    <>
      <Table caption={say('candidates.title')} columns={columns} rows={rows} />
      <p className="flex flex-wrap gap-2">
        {later && (
          <ButtonLink size="sm" href={own}>
            {say('candidates.first')}
          </ButtonLink>
        )}
        {next && (
          <ButtonLink size="sm" href={`${own}?candidates=${encodeURIComponent(next)}#candidates`}>
            {say('candidates.more')}
          </ButtonLink>
        )}
      </p>
    </>
  )
}
