import { ButtonLink } from '#components/ui/button.tsx'
import { DonePanel, type NextThing, WellBar } from '#components/wizard/done-panel.tsx'
import { WizardColumn } from '#components/wizard/wizard-step.tsx'
import { type CandidatesView, listCandidatesForPosition } from '#lib/candidates/list-for-position.ts'
import { type At, type StepProps, stepPage, stepTitle } from '../../step-page.tsx'
import { FirstCandidates } from './first-candidates.tsx'

export const generateMetadata = stepTitle('wizard.done.tab')

/** It is connected: the job's first candidates, what happens now and what does not yet, and where to go. */
export default function DonePage(props: StepProps) {
  return stepPage(props, 'done', async at => {
    const { actor, position } = at.walk
    const candidates = position && (await listCandidatesForPosition(actor, { positionId: position.id }))
    return <Done at={at} candidates={candidates} />
  })
}

function Done({ at, candidates }: { at: At; candidates: CandidatesView | undefined }) {
  const { say, walk } = at
  const linked = candidates && candidates.state !== 'not_linked' ? candidates : undefined
  const values = {
    ats: walk.connector?.manifest.name ?? '',
    position: walk.position?.title ?? '',
    job: linked?.job.title ?? '',
    name: walk.connection?.name ?? '',
  }
  const mended = Boolean(walk.progress.answers.mendConnectionId)
  const how = walk.progress.answers.way === 'oauth' ? 'mended_by_sign_in' : 'mended'
  const of = `wizard.done.${linked ? 'linked' : mended ? how : 'connected'}`
  return (
    <WizardColumn>
      <DonePanel
        when={say('wizard.done.when', { at: say.dateTime(walk.finishedAt ?? new Date(0)) })}
        title={say(`${of}.title`, values)}
        lead={say(`${of}.lead`, values)}
        next={[...(linked ? [firstOf(at, linked)] : []), ...nextOf(at, values)]}
        actions={<Ways at={at} />}
        well={<Well at={at} />}
      />
    </WizardColumn>
  )
}

type Linked = Exclude<CandidatesView, { state: 'not_linked' }>

const firstOf = (at: At, view: Linked): NextThing => ({
  key: 'first',
  icon: 'users',
  now: true,
  title: at.say('wizard.done.first', { job: view.job.title }),
  children: <FirstCandidates at={at} view={view} />,
})

/** What happens now, and, as plainly, what does not yet. */
function nextOf({ say, walk }: At, values: Record<string, string>): NextThing[] {
  const expires = walk.progress.answers.fields?.key_expires_on
  const things: NextThing[] = [
    {
      key: 'live',
      icon: 'eye',
      title: say('wizard.done.live', values),
      children: say('wizard.done.live_text', values),
    },
    {
      key: 'check',
      icon: 'activity',
      title: say('wizard.done.daily', { way: walk.connection?.way ?? '' }),
      children: say('wizard.done.daily_text', values),
    },
    {
      key: 'later',
      icon: 'clock',
      title: say('wizard.done.later'),
      children: say('wizard.done.later_text', values),
    },
  ]
  if (!expires) return things
  const day = say.date(new Date(`${expires}T12:00:00Z`))
  const text = say('wizard.done.expires_text', { day })
  return [
    ...things,
    { key: 'expires', icon: 'calendar', title: say('wizard.done.expires', { day }), children: text },
  ]
}

function Ways({ at: { say, walk } }: { at: At }) {
  const { position, connection, connector, workspace, progress } = walk
  const home = `/w/${workspace.slug}`
  if (position) {
    return (
      <>
        <ButtonLink size="lg" variant="primary" href={`${home}/positions/${position.id}`}>
          {say('wizard.done.open_position')}
        </ButtonLink>
        <ButtonLink size="lg" href={`${home}/positions?ats=unlinked`}>
          {say('wizard.done.another')}
        </ButtonLink>
      </>
    )
  }
  const own = `${home}/integrations/${connector?.manifest.id ?? ''}/${connection?.id ?? ''}`
  if (progress.answers.mendConnectionId) {
    return (
      <ButtonLink size="lg" variant="primary" href={own}>
        {say('wizard.done.to_connection')}
      </ButtonLink>
    )
  }
  return (
    <>
      <ButtonLink size="lg" variant="primary" href={`${home}/positions?ats=unlinked`}>
        {say('wizard.done.link_now')}
      </ButtonLink>
      <ButtonLink size="lg" href={own}>
        {say('wizard.done.link_later')}
      </ButtonLink>
    </>
  )
}

function Well({ at }: { at: At }) {
  const { say, walk } = at
  return (
    <WellBar
      id="went-well"
      action={at.to('feedback')}
      name="yes"
      hidden={{ screen: 'done', kind: 'went_well' }}
      title={say('wizard.done.well')}
      text={say('wizard.done.well_text', { partner: walk.partner.name })}
      well={{ label: say('wizard.done.well_yes'), value: 'yes' }}
      hard={{ label: say('wizard.done.well_no'), value: 'no' }}
      busy={say('wizard.keeping')}
      thanks={at.query('thanks') === 'went_well' ? say('wizard.thanks') : undefined}
    />
  )
}
