import { Badge, type BadgeKind } from '#components/ui/badge.tsx'
import { SearchForm } from '#components/ui/toolbar.tsx'
import { type JobChoice, JobList, type Likeness, SuggestedJob } from '#components/wizard/job-list.tsx'
import { WizardFoot } from '#components/wizard/wizard-step.tsx'
import type { JobRow } from '#lib/jobs/list.ts'
import type { Reasons } from '#lib/jobs/suggest.ts'
import type { WalkPosition } from '#lib/link-sessions/read.ts'
import type { Say } from '#lib/views.ts'
import type { At } from '../../step-page.tsx'

type Suggestion = { job: JobRow; reasons: Reasons }

/** The likely job with its reasons, the list with its search, and the one button that links. */
export function ChooseJob(props: {
  at: At
  page: { rows: JobRow[]; next: string | undefined }
  search: string
  suggestion: Suggestion | undefined
}) {
  const { at, page, search, suggestion } = props
  const { say } = at
  const listed = page.rows.filter(row => row.id !== suggestion?.job.id)
  return (
    <>
      <SearchForm
        action={at.to('job')}
        id="search-jobs"
        name="q"
        value={search}
        label={say('wizard.job.search')}
        placeholder={say('wizard.job.search_placeholder')}
        submit={say('wizard.search')}
      />
      <form method="post" action={at.to('job/link')} className="grid gap-6">
        {suggestion && <Suggested at={at} suggestion={suggestion} />}
        {listed.length > 0 && <h2>{say(suggestion ? 'wizard.job.others' : 'wizard.job.all')}</h2>}
        {listed.length > 0 && (
          <JobList legend={say('wizard.job.all')} name="job" jobs={listed.map(row => choiceOf(at, row))} />
        )}
        {page.rows.length === 0 && <p role="status">{say('wizard.job.nothing_found', { search })}</p>}
        <More at={at} search={search} next={page.next} />
        <div className="sticky bottom-0 border-t border-line bg-surface py-3">
          <WizardFoot
            back={at.back}
            next={{ label: say('wizard.job.link'), busy: say('wizard.job.linking') }}
          />
        </div>
      </form>
    </>
  )
}

function More({ at, search, next }: { at: At; search: string; next: string | undefined }) {
  const { say } = at
  const query = new URLSearchParams(search ? { q: search } : {})
  if (next) query.set('after', next)
  return (
    <p className="text-sm text-faint">
      {next && <a href={`${at.to('job')}?${query}`}>{say('wizard.job.more')}</a>}{' '}
      {(search || at.query('after')) && <a href={at.to('job')}>{say('wizard.job.from_start')}</a>}{' '}
      {say('wizard.job.shared_hint')}
    </p>
  )
}

const badges: Readonly<Record<JobRow['state'], BadgeKind | undefined>> = {
  published: 'published',
  draft: 'draft',
  closed: 'closed',
  archived: 'closed',
  unknown: undefined,
}

function choiceOf({ say, form }: At, row: JobRow): JobChoice {
  const badge = badges[row.state]
  return {
    value: row.id,
    title: row.title,
    checked: form.value('job') === row.id,
    meta: <Meta row={row} />,
    badges: (
      <>
        {badge && <Badge kind={badge}>{say(`wizard.job.states.${row.state}`)}</Badge>}
        {row.positions > 0 && (
          <Badge kind="shared">{say('wizard.job.positions', { count: row.positions })}</Badge>
        )}
      </>
    ),
  }
}

function Meta({ row }: { row: JobRow }) {
  const rest = [row.department, row.place].filter(Boolean).join(', ')
  return (
    <>
      <span className="font-mono">{row.code || row.remoteRef}</span>
      {rest && `, ${rest}`}
    </>
  )
}

function Suggested({ at, suggestion }: { at: At; suggestion: Suggestion }) {
  const { say, walk } = at
  const ats = walk.connector?.manifest.name ?? ''
  if (!walk.position) return null
  const rows = likenessesOf(say, walk.position, suggestion)
  const alike = rows.filter(row => row.match !== 'different').map(row => row.term)
  return (
    <SuggestedJob
      name="job"
      job={choiceOf(at, suggestion.job)}
      suggested={say('wizard.job.suggested')}
      reason={say('wizard.job.reason', { alike: new Intl.ListFormat(say.locale).format(alike) })}
      here={say('wizard.job.here')}
      there={say('wizard.job.there', { ats })}
      thereNarrow={say('wizard.job.there_narrow', { ats })}
      rows={rows}
    />
  )
}

/** What both sides say, beside each other; a part that one of them leaves empty is no reason. */
function likenessesOf(say: Say, position: WalkPosition, { job, reasons }: Suggestion): Likeness[] {
  return (['title', 'code', 'department', 'place'] as const).flatMap(part => {
    const match = reasons[part]
    if (match === 'unknown') return []
    return [{ term: say(`wizard.job.parts.${part}`), here: position[part], there: job[part], match }]
  })
}
