import { refusedOnce } from '#components/connections/trouble.ts'
import { atsName } from '#components/connections/words.ts'
import { AutoRefresh } from '#components/ui/auto-refresh.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { Empty } from '#components/ui/empty.tsx'
import { Table } from '#components/ui/table.tsx'
import { listCandidatesForPosition } from '#lib/candidates/list-for-position.ts'
import { now } from '#lib/clock.ts'
import { readPosition } from '#lib/positions/read.ts'
import type { CandidatesView, PositionLink } from '#lib/views.ts'
import type { Here } from '../../../../web/here.ts'

type Props = { here: Here; positionId: string; link: PositionLink; own: string; cursor: string | undefined }

/** The job's candidates by name and stage, a page at a time, read from the ATS while the person waits; nothing is stored. */
export async function Candidates({ here, positionId, link, own, cursor }: Props) {
  const { actor, say, workspace } = here
  const ats = atsName(say, link)
  const view = await listCandidatesForPosition(actor, { positionId, cursor })
  const connection = `/w/${workspace.slug}/integrations/${link.connector}/${link.connectionId}`
  const pageOf = (page: string | undefined) => (page ? `${own}?candidates=${encodeURIComponent(page)}` : own)
  return (
    <section aria-labelledby="candidates" className="grid gap-3">
      <div>
        <h2 id="candidates">{say('candidates.title')}</h2>
        {view.state === 'read' && <p className="text-muted">{say('candidates.lead', { ats })}</p>}
      </div>
      {view.state === 'failed' && (
        <Failed
          say={say}
          ats={ats}
          link={await asItIsNow(here, positionId, link)}
          failed={view}
          again={pageOf(cursor)}
          connection={connection}
        />
      )}
      {view.state === 'read' && (
        <People
          say={say}
          ats={ats}
          items={view.page.items}
          first={cursor && own}
          more={view.page.next && `${pageOf(view.page.next)}#candidates`}
        />
      )}
    </section>
  )
}

/** Asking may have been what found out that the sign-in is refused. */
const asItIsNow = async ({ actor }: Here, positionId: string, link: PositionLink): Promise<PositionLink> =>
  link.way === 'oauth' ? ((await readPosition(actor, positionId)).link ?? link) : link

type Words = { say: Here['say']; ats: string }

/** When asking again makes sense where the ATS did not say. */
const usualPauseSeconds = 10

type Failure = Extract<CandidatesView, { state: 'failed' }>
/** What goes by itself: asking again makes sense. Everything else is somebody's turn, on the connection's page. */
const passing: readonly Failure['failure'][] = ['rate_limited', 'ats_unavailable', 'unexpected_answer']

/** Why they cannot be read now, and whose turn it is. */
function Failed(props: Words & { link: PositionLink; failed: Failure; again: string; connection: string }) {
  const { say, ats, link, again, connection } = props
  const { failure, retryAt } = props.failed
  const left = retryAt ? Math.ceil((retryAt.getTime() - now().getTime()) / 1000) : usualPauseSeconds
  const seconds = Math.max(1, left)
  const { healthReason, refreshProblem } = link
  // Until it is asked once more there is no token to ask with, which is nobody's silence.
  const asked = failure === 'ats_unavailable' && refusedOnce(healthReason, refreshProblem)
  const why = asked ? 'refused_once' : failure
  return (
    <Callout
      tone="warn"
      role="status"
      title={say('candidates.failed.title')}
      action={
        passing.includes(failure) ? (
          <ButtonLink size="sm" icon="refresh-cw" href={again}>
            {say('live_candidates.again')}
          </ButtonLink>
        ) : (
          <ButtonLink size="sm" href={connection}>
            {say('linked.see')}
          </ButtonLink>
        )
      }
    >
      {failure === 'rate_limited' && <AutoRefresh seconds={seconds + 1} />}
      <p>{say(`live_candidates.failed.${why}`, { ats, seconds, problem: refreshProblem ?? '' })}</p>
    </Callout>
  )
}

type People = Extract<CandidatesView, { state: 'read' }>['page']['items']

function People(props: Words & { items: People; first: string | undefined; more: string | undefined }) {
  const { say, ats, items, first, more } = props
  if (items.length === 0 && !first)
    return <Empty icon="users" title={say('candidates.title')} text={say('candidates.none', { ats })} />
  const columns = [
    { key: 'name', label: say('candidates.name') },
    { key: 'stage', label: say('candidates.stage') },
    { key: 'since', label: say('live_candidates.since'), muted: true },
  ]
  return (
    <>
      <Table
        caption={say('candidates.title')}
        columns={columns}
        rows={items.map(item => ({ key: item.remoteId, cells: cellsOf(say, item) }))}
      />
      <p className="flex flex-wrap gap-2">
        {first && (
          <ButtonLink size="sm" href={first}>
            {say('candidates.first')}
          </ButtonLink>
        )}
        {more && (
          <ButtonLink size="sm" href={more}>
            {say('candidates.more')}
          </ButtonLink>
        )}
      </p>
    </>
  )
}

const cellsOf = (say: Here['say'], { name, stage, disqualified, createdAt }: People[number]) => [
  <bdi key="name">{name}</bdi>,
  <span key="stage">
    <bdi>{stage}</bdi>
    {disqualified && <span className="text-muted"> · {say('candidates.disqualified')}</span>}
  </span>,
  createdAt && say.date(createdAt),
]
