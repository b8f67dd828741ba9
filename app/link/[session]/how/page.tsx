import { ButtonLink } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { ChoiceButton, ChoiceOff, Choices } from '#components/ui/choice-card.tsx'
import { Fold } from '#components/ui/fold.tsx'
import { Rich } from '#components/ui/rich.tsx'
import { WizardColumn, WizardFoot, WizardHead } from '#components/wizard/wizard-step.tsx'
import { offersSignIn } from '#lib/link-sessions/offers-sign-in.ts'
import { type At, type StepProps, stepPage, stepTitle } from '../../step-page.tsx'

export const generateMetadata = stepTitle('wizard.how.title')

/** How: by key, or by signing in. */
export default function HowPage(props: StepProps) {
  return stepPage(props, 'how', async at => <How at={at} signsIn={await offersSignIn(at.walk)} />)
}

type Ways = { at: At; signsIn: boolean }

function How({ at, signsIn }: Ways) {
  const { say, walk } = at
  const ats = walk.connector?.manifest.name ?? ''
  return (
    <WizardColumn>
      <WizardHead title={say('wizard.how.title', { ats })} lead={say('wizard.how.lead')} />
      {at.form.error('way') && <Callout tone="bad" role="alert" title={at.form.error('way')} />}
      <form method="post" action={at.to('how/choose')}>
        <Choices>
          <ApiKeyWay at={at} />
          <OauthWay at={at} signsIn={signsIn} />
        </Choices>
      </form>
      <Fold summary={say('wizard.how.which')}>
        <p className="text-muted">
          <Rich>{say('wizard.how.key_fits')}</Rich>
        </p>
        <p className="text-muted">
          <Rich>{say(signsIn ? 'wizard.how.sign_in_fits' : 'wizard.how.sign_in_fits_not_yet', { ats })}</Rich>
        </p>
      </Fold>
      <WizardFoot back={at.back} />
    </WizardColumn>
  )
}

function ApiKeyWay({ at: { say, walk } }: { at: At }) {
  const of = `${walk.connector?.manifest.id}.ways.api_key`
  return (
    <ChoiceButton
      name="way"
      value="api_key"
      icon="key-round"
      title={say(`${of}.title`)}
      text={say(`${of}.body`)}
      facts={[
        { icon: 'clock', text: say(`${of}.time`) },
        { icon: 'building', text: say(`${of}.reach`) },
        { icon: 'calendar', text: say(`${of}.life`) },
      ]}
    />
  )
}

/** Where the partner has an app, a way like the other one; else what is missing, who can mend it, and where a partner applies. */
function OauthWay({ at: { say, walk }, signsIn }: Ways) {
  const manifest = walk.connector?.manifest
  if (!manifest?.ways.includes('oauth')) return null
  const of = `${manifest.id}.ways.oauth`
  if (signsIn)
    return (
      <ChoiceButton
        name="way"
        value="oauth"
        icon="log-in"
        title={say(`${of}.title`)}
        text={say(`${of}.body`)}
        facts={[
          { icon: 'clock', text: say(`${of}.time`) },
          { icon: 'user', text: say(`${of}.reach`) },
          { icon: 'refresh-cw', text: say(`${of}.life`) },
        ]}
      />
    )
  return (
    <ChoiceOff icon="log-in" title={say(`${of}.title`)} text={say(`${of}.missing`)}>
      <ButtonLink
        href={manifest.partnerProgramme.url}
        target="_blank"
        rel="noopener"
        size="sm"
        iconEnd="external-link"
        className="max-mid:whitespace-normal"
      >
        {say(`${of}.apply`)}
        <span className="sr-only"> {say('wizard.new_tab')}</span>
      </ButtonLink>
    </ChoiceOff>
  )
}
