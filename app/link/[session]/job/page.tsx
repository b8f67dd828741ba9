import { Callout } from '#components/ui/callout.tsx'
import { WizardColumn, WizardFoot, WizardHead } from '#components/wizard/wizard-step.tsx'
import { countJobs, listJobs, suggestedJob } from '#lib/jobs/list.ts'
import { type At, type StepProps, stepPage, stepTitle } from '../../step-page.tsx'
import { ChooseJob } from './choose-job.tsx'
import { FetchedLine, Fetching, NoJobs, NotUsable } from './fetch-state.tsx'

export const generateMetadata = stepTitle('wizard.job.title')

/** Which job: the likely one on top with the reason, never taken silently, then all of the account's. */
export default function JobPage(props: StepProps) {
  return stepPage(props, 'job', async at => {
    const { connection, workspace } = at.walk
    if (!connection) return null
    if (connection.status !== 'active') return <NotUsable at={at} status={connection.status} />
    const of = { workspaceId: workspace.id, connectionId: connection.id }
    const first = connection.jobsFetchedAt === null && connection.jobsState !== 'failed'
    if (first && at.query('show') !== 'now') return <Fetching at={at} known={await countJobs(of)} />
    return <Jobs at={at} of={of} />
  })
}

async function Jobs({ at, of }: { at: At; of: { workspaceId: string; connectionId: string } }) {
  const { say, walk } = at
  const search = (at.query('q') ?? '').trim().slice(0, 100)
  const after = at.query('after')
  const { position } = walk
  const [page, suggestion] = await Promise.all([
    listJobs(of, { search, after }),
    position && !search && !after ? suggestedJob(of, position) : undefined,
  ])
  const ats = walk.connector?.manifest.name ?? ''
  const none = page.rows.length === 0 && !search && !after
  return (
    <WizardColumn width="job">
      <WizardHead
        title={say('wizard.job.title', { ats })}
        lead={say(
          suggestion ? 'wizard.job.lead_suggested' : none ? 'wizard.job.lead_none' : 'wizard.job.lead',
          { ats },
        )}
      />
      {at.form.error('job') && <Callout tone="bad" role="alert" title={at.form.error('job')} />}
      {none ? <NoJobs at={at} /> : <ChooseJob at={at} page={page} search={search} suggestion={suggestion} />}
      <FetchedLine at={at} />
      {none && <WizardFoot back={at.back} />}
    </WizardColumn>
  )
}
