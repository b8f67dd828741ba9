import { AutoRefresh } from '#components/ui/auto-refresh.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { Empty } from '#components/ui/empty.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { WizardColumn, WizardFoot, WizardHead } from '#components/wizard/wizard-step.tsx'
import type { At } from '../../step-page.tsx'

const lookAgainSeconds = 2

/** The account's jobs come in for the first time: how many are here so far, and on by itself. */
export function Fetching({ at, known }: { at: At; known: number }) {
  const { say, walk } = at
  const ats = walk.connector?.manifest.name ?? ''
  return (
    <WizardColumn width="job">
      <AutoRefresh seconds={lookAgainSeconds} />
      <WizardHead title={say('wizard.job.title', { ats })} lead={say('wizard.job.fetching_lead', { ats })} />
      <Callout
        tone="info"
        icon="loader-circle"
        role="status"
        title={say('wizard.job.fetching', { known })}
        action={known > 0 && <a href={`${at.to('job')}?show=now`}>{say('wizard.job.show_now')}</a>}
      >
        {say('wizard.job.fetching_text')}
      </Callout>
      <WizardFoot back={at.back} />
    </WizardColumn>
  )
}

/** The connection makes no requests now: it was switched off, or its key died, since it was chosen. */
export function NotUsable({ at, status }: { at: At; status: string }) {
  const { say, walk } = at
  const ats = walk.connector?.manifest.name ?? ''
  return (
    <WizardColumn width="job">
      <WizardHead title={say('wizard.job.title', { ats })} />
      <Callout tone="warn" title={say('wizard.job.not_usable')}>
        {say(`connections.not_usable.${status}`)}
      </Callout>
      <WizardFoot back={at.back} />
    </WizardColumn>
  )
}

/** How old the list is, whether it could be read, and the way to have it read again. */
export function FetchedLine({ at }: { at: At }) {
  const { say, walk } = at
  const { connection } = walk
  if (!connection) return null
  const ats = walk.connector?.manifest.name ?? ''
  if (connection.jobsState === 'failed') {
    return (
      <Callout tone="bad" title={say('wizard.job.failed', { ats })} action={<Again at={at} />}>
        {say('wizard.job.failed_text', { ats })}
      </Callout>
    )
  }
  if (connection.jobsState === 'fetching')
    return <p className="text-sm text-faint">{say('wizard.job.looking')}</p>
  return (
    <div className="flex flex-wrap items-center justify-between gap-3 text-sm text-faint">
      <p>
        {connection.jobsFetchedAt &&
          say('wizard.job.as_of', { ats, at: say.dateTime(connection.jobsFetchedAt) })}
      </p>
      <Again at={at} />
    </div>
  )
}

/** An account without a job. */
export function NoJobs({ at }: { at: At }) {
  const ats = at.walk.connector?.manifest.name ?? ''
  if (at.walk.connection?.jobsState === 'failed') return null
  return (
    <Empty
      icon="briefcase"
      title={at.say('wizard.job.none', { ats })}
      text={at.say('wizard.job.none_text', { ats })}
    />
  )
}

function Again({ at }: { at: At }) {
  return (
    <form method="post" action={at.to('job/fetch')}>
      <SubmitButton variant="plain" size="sm" icon="refresh-cw" busy={at.say('wizard.next_busy')}>
        {at.say('wizard.job.again')}
      </SubmitButton>
    </form>
  )
}
