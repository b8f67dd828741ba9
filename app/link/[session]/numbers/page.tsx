import { NumberGroups, WhoseName } from '#components/numbers/number-groups.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { Empty } from '#components/ui/empty.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { WizardColumn, WizardFoot, WizardHead } from '#components/wizard/wizard-step.tsx'
import { can } from '#lib/members/roles.ts'
import { mostShown, numberChoices } from '#lib/numbers/choices.ts'
import { boxName, ticksShown } from '#lib/numbers/ticks.ts'
import type { NumberChoices } from '#lib/views.ts'
import { type At, type StepProps, stepPage, stepTitle } from '../../step-page.tsx'

export const generateMetadata = stepTitle('numbers.title')

/** The end of New authentication: which numbers the new connection uses for calls and for messages. */
export default function NumbersPage(props: StepProps) {
  return stepPage(props, 'numbers', async at => {
    const { actor, progress } = at.walk
    const choices = await numberChoices(actor, {
      connectionId: progress.connectionId ?? '',
      q: at.form.value('q'),
      ticks: ticksShown(at.form.value),
    })
    return <Numbers at={at} choices={choices} />
  })
}

/** The form of **Not now**, whose button stands beside Submit: a form of its own, so that Enter never presses it. */
const skip = 'numbers-skip'

function Numbers({ at, choices }: { at: At; choices: NumberChoices }) {
  const { say, walk, to } = at
  const connector = walk.connector?.manifest.id ?? ''
  const error = at.form.error('')
  const nothing = choices.items.length === 0 && at.form.value('q') === ''
  return (
    <WizardColumn width="wide">
      <WizardHead
        title={say('numbers.choose.wizard_title')}
        lead={`${say(`${connector}.numbers.lead`)} ${say('numbers.choose.later')}`}
      />
      {error && <Callout tone="bad" role="alert" title={error} />}
      {nothing ? <Nothing at={at} /> : <Choose at={at} choices={choices} />}
      <form id={skip} method="post" action={to('numbers/skip')} />
    </WizardColumn>
  )
}

function Choose({ at, choices }: { at: At; choices: NumberChoices }) {
  const { say, walk, to, form } = at
  return (
    <form method="post" action={to('numbers/choose')} className="grid gap-6">
      <NumberGroups
        say={say}
        choices={choices}
        most={mostShown}
        boxName={boxName}
        q={form.value('q')}
        known={form.value('known', choices.known) || choices.known}
      />
      <div>
        <AddLink at={at} />
      </div>
      <WhoseName say={say} connector={walk.connector?.manifest.id ?? ''} />
      <WizardFoot>
        <NotNow at={at} />
        <SubmitButton size="lg" busy={say('numbers.choose.submitting')} className="ms-auto max-mid:flex-1">
          {say('numbers.choose.submit')}
        </SubmitButton>
      </WizardFoot>
    </form>
  )
}

function NotNow({ at: { say }, end }: { at: At; end?: boolean }) {
  return (
    <SubmitButton
      form={skip}
      variant="quiet"
      size="lg"
      busy={say('numbers.choose.not_now_busy')}
      className={end ? 'ms-auto' : '-ms-5 max-mid:-ms-3'}
    >
      {say('numbers.choose.not_now')}
    </SubmitButton>
  )
}

function AddLink({ at, first }: { at: At; first?: boolean }) {
  const { say, walk, to } = at
  if (!can(walk.actor.role, 'manage_integrations')) return null
  const href = `/w/${walk.workspace.slug}/numbers/new?next=${encodeURIComponent(to('numbers'))}`
  return (
    <ButtonLink variant={first ? 'primary' : 'plain'} icon="plus" href={href}>
      {say(first ? 'numbers.add' : 'numbers.choose.add')}
    </ButtonLink>
  )
}

function Nothing({ at }: { at: At }) {
  const { say, walk } = at
  return (
    <>
      <Empty
        icon="phone"
        title={say('numbers.choose.empty_title')}
        text={say('numbers.choose.empty_text')}
        actions={<AddLink at={at} first />}
      />
      <WhoseName say={say} connector={walk.connector?.manifest.id ?? ''} />
      <WizardFoot>
        <NotNow at={at} end />
      </WizardFoot>
    </>
  )
}
