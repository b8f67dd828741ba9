import type { ReactNode } from 'react'
import { ButtonLink } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { CrossingTo } from '#components/ui/crossing.tsx'
import { Rich } from '#components/ui/rich.tsx'
import { Scope } from '#components/ui/scope.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { SignInWindow } from '#components/wizard/sign-in-window.tsx'
import { WizardColumn, WizardFoot, WizardHead } from '#components/wizard/wizard-step.tsx'
import { signInMark } from '#lib/link-sessions/note-sign-in.ts'
import { scopesFor } from '#lib/link-sessions/scopes.ts'
import { monogramOf } from '../../../web/words.tsx'
import { type At, type StepProps, stepPage, stepTitle } from '../../step-page.tsx'

export const generateMetadata = stepTitle('wizard.sign_in.title')

/** Signing in at the ATS: in a window where there is room for one, else in this tab, and back to the same walk. */
export default function SignInPage(props: StepProps) {
  return stepPage(props, 'sign-in', at => <SignIn at={at} />)
}

function SignIn({ at }: { at: At }) {
  return (
    <WizardColumn>
      <SignInWindow
        session={at.walk.id}
        mark={signInMark(at.walk)}
        state={at.to('sign-in/state')}
        start={<Start at={at} />}
        waiting={<Waiting at={at} title="wizard.sign_in.waiting.title" lead="wizard.sign_in.waiting.lead" />}
        closed={
          <Waiting at={at} title="wizard.sign_in.waiting.closed" lead="wizard.sign_in.waiting.closed_text" />
        }
      />
      <WizardFoot back={at.back} />
    </WizardColumn>
  )
}

const valuesOf = ({ walk }: At) => ({
  ats: walk.connector?.manifest.name ?? '',
  partner: walk.partner.name,
})

function Start({ at }: { at: At }) {
  const { say, walk } = at
  const values = valuesOf(at)
  const { permissions } = walk.progress.answers
  const scopes = walk.connector && permissions ? scopesFor(walk.connector, permissions) : []
  return (
    <>
      <WizardHead title={say('wizard.sign_in.title', values)} lead={say('wizard.sign_in.lead', values)} />
      <Problem at={at} />
      {walk.candidate && <SignedInAlready at={at} quietly={problemOf(at) !== undefined} />}
      <div className="grid gap-1.5">
        <p>{say('wizard.sign_in.asks', values)}</p>
        <p className="flex flex-wrap gap-1.5">
          {scopes.map(scope => (
            <Scope key={scope}>{scope}</Scope>
          ))}
        </p>
      </div>
      <StartForm at={at} inWindow>
        <SubmitButton size="lg" icon="log-in" busy={say('wizard.sign_in.busy', values)}>
          {say(walk.candidate ? 'wizard.sign_in.again' : 'wizard.sign_in.button', values)}
        </SubmitButton>
      </StartForm>
      <p className="text-sm text-muted">{say('wizard.sign_in.no_password', values)}</p>
    </>
  )
}

/** Posts to where the way to the ATS begins; `inWindow` where a window may be opened for it. */
function StartForm({ at, inWindow, children }: { at: At; inWindow?: boolean; children: ReactNode }) {
  return (
    <form method="post" action={at.to('sign-in/start')} data-window={inWindow ? 'yes' : undefined}>
      {children}
    </form>
  )
}

/** Where a key goes on although signing in does not; for the others the way on is to try once more. */
const keyHelps = new Set([
  'access_denied',
  'invalid_request',
  'invalid_scope',
  'unauthorized_client',
  'unsupported_response_type',
  'app_refused',
  'too_many',
])

/** The code of ours for why the last attempt failed. */
function problemOf({ say, form }: At): string | undefined {
  const error = form.value('error')
  return say.has(`wizard.sign_in.errors.${error}`) ? error : undefined
}

/** Why the last attempt failed, and what to do: never in words from outside. */
function Problem({ at }: { at: At }) {
  const { say } = at
  const error = problemOf(at)
  if (!error) return null
  const byKey = keyHelps.has(error) && !at.walk.progress.answers.mendConnectionId
  return (
    <Callout
      tone="bad"
      role="alert"
      title={say(`wizard.sign_in.errors.${error}`, valuesOf(at))}
      action={byKey && <ButtonLink href={at.to('how')}>{say('wizard.sign_in.by_key')}</ButtonLink>}
    >
      {say(`wizard.sign_in.next.${error}`, {
        ...valuesOf(at),
        minutes: Number(at.form.value('minutes', '1')),
      })}
    </Callout>
  )
}

/** The way on with a sign-in that went well before; in a line where something worse stands above. */
function SignedInAlready({ at, quietly }: { at: At; quietly: boolean }) {
  const { say } = at
  if (quietly)
    return (
      <p>
        {say('wizard.sign_in.signed_in')}: <a href={at.to('account')}>{say('wizard.sign_in.to_accounts')}</a>
      </p>
    )
  return (
    <Callout
      tone="ok"
      title={say('wizard.sign_in.signed_in')}
      action={<ButtonLink href={at.to('account')}>{say('wizard.sign_in.to_accounts')}</ButtonLink>}
    >
      {say('wizard.sign_in.signed_in_text')}
    </Callout>
  )
}

/** While the window is open, and once it is gone without an answer: the same ways on. */
function Waiting({ at, title, lead }: { at: At; title: string; lead: string }) {
  const { say, walk } = at
  const values = valuesOf(at)
  const closed = title.endsWith('closed')
  return (
    <div className="grid justify-items-center gap-6 text-center">
      <CrossingTo
        here={{ look: 'ink', monogram: monogramOf(walk.partner.name) }}
        there={{
          monogram: walk.connector?.manifest.monogram ?? '',
          look: walk.environment === 'sandbox' ? 'sandbox' : 'plain',
        }}
      />
      <div role="status">
        <h1 tabIndex={-1} className="text-2xl outline-none max-mid:text-[1.5rem]/7.5">
          {say(title, values)}
        </h1>
        <p className="mx-auto mt-2 max-w-[48ch] text-md text-balance text-muted">{say(lead, values)}</p>
      </div>
      <div className="flex flex-wrap justify-center gap-2.5">
        <StartForm at={at} inWindow>
          <SubmitButton
            size="lg"
            icon="app-window"
            busy={say('wizard.sign_in.busy', values)}
            name="window"
            value="yes"
          >
            {say(`wizard.sign_in.waiting.${closed ? 'open' : 'show'}`)}
          </SubmitButton>
        </StartForm>
        <StartForm at={at}>
          <SubmitButton size="lg" variant="plain" busy={say('wizard.sign_in.busy', values)}>
            {say('wizard.sign_in.waiting.here')}
          </SubmitButton>
        </StartForm>
      </div>
      {!closed && (
        <div className="w-full text-start">
          <Callout title={say('wizard.sign_in.waiting.help')}>
            <Rich>{say('wizard.sign_in.waiting.help_text')}</Rich>
          </Callout>
        </div>
      )}
    </div>
  )
}
