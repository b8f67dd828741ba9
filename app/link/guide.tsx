import type { ReactNode } from 'react'
import { CopyOnce } from '#components/illustrations/copy-once.tsx'
import { GenerateApiToken } from '#components/illustrations/generate-api-token.tsx'
import { IntegrationsApps } from '#components/illustrations/integrations-apps.tsx'
import { ProfileMenuSettings } from '#components/illustrations/profile-menu-settings.tsx'
import { SubdomainAddressBar } from '#components/illustrations/subdomain-address-bar.tsx'
import { Fold } from '#components/ui/fold.tsx'
import { Rich } from '#components/ui/rich.tsx'
import { CopyChip } from '#components/ui/scope.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { TextArea } from '#components/ui/text-field.tsx'
import { GuidePanel, GuideQuestion } from '#components/wizard/guide-panel.tsx'
import type { GuidePicture, GuideStep } from '#lib/connectors/contract.ts'
import { type GuideView, guideFor } from '#lib/link-sessions/guide-view.ts'
import type { At } from './step-page.tsx'

const pictures: Readonly<Record<GuidePicture, (props: { label: string }) => ReactNode>> = {
  'subdomain-address-bar': SubdomainAddressBar,
  'profile-menu-settings': ProfileMenuSettings,
  'integrations-apps': IntegrationsApps,
  'generate-api-token': GenerateApiToken,
  'copy-once': CopyOnce,
}

/** How to find what a field asks for, step by step beside it; what people say about it is kept for the partner. */
export function Guide({ at, field }: { at: At; field: string }) {
  const { say, walk } = at
  const view = guideFor(walk, field)
  if (!view) return null
  const of = `${walk.connector?.manifest.id}.guide`
  const openAt = Math.max(
    0,
    view.steps.findIndex(step => step.showScopes),
  )
  const newTab = say('wizard.new_tab')
  const there = view.settingsUrl && { href: view.settingsUrl, label: say(`${of}.deepLink`), newTab }
  return (
    <GuidePanel
      id="guide"
      title={say(`${of}.${field}.title`)}
      {...(there ? { there } : {})}
      steps={view.steps.map((step, index) => stepOf(at, view, step, index === openAt))}
      question={<Question at={at} field={field} />}
      checked={say('wizard.guide.checked', { day: say.date(new Date(`${view.checkedOn}T12:00:00Z`)) })}
      article={{ href: view.articleUrl, label: say(`${of}.article`), newTab }}
      different={<Different at={at} field={field} />}
    />
  )
}

function stepOf(at: At, view: GuideView, step: GuideStep, open: boolean) {
  const { say, walk } = at
  const of = `${walk.connector?.manifest.id}.guide.${view.field}.${step.anchor}`
  const Picture = step.picture && pictures[step.picture]
  return {
    id: step.anchor,
    title: say(`${of}.title`),
    open,
    body: (
      <>
        <p>
          <Rich>{say(`${of}.body`)}</Rich>
        </p>
        {step.showScopes && <ScopeChips at={at} scopes={view.scopes} />}
        <p className="text-sm">
          <Rich>{say(`${of}.older`)}</Rich>
        </p>
      </>
    ),
    ...(Picture ? { picture: <Picture label={say(`${of}.picture`)} /> } : {}),
  }
}

/** The scopes to tick as chips that copy; those in `tick` stand out. */
export function ScopeChips(props: { at: At; scopes: readonly string[]; tick?: readonly string[] }) {
  const { say } = props.at
  return (
    <p className="flex flex-wrap gap-1.5">
      {props.scopes.map(scope => (
        <CopyChip
          key={scope}
          text={scope}
          tick={props.tick?.includes(scope)}
          copy={{ label: say('wizard.guide.copy', { scope }), copied: say('wizard.guide.copied', { scope }) }}
        />
      ))}
    </p>
  )
}

function Question({ at, field }: { at: At; field: string }) {
  const { say, step } = at
  return (
    <GuideQuestion
      action={at.to('feedback')}
      name="yes"
      question={say('wizard.guide.question')}
      yes={{ label: say('app.yes'), value: 'yes' }}
      no={{ label: say('app.no'), value: 'no' }}
      busy={say('wizard.wait')}
      hidden={{ screen: step, kind: 'guide_answered', anchor: field }}
      {...(at.query('thanks') === 'guide_answered' ? { thanks: say('wizard.thanks') } : {})}
    />
  )
}

function Different({ at, field }: { at: At; field: string }) {
  const { say, step } = at
  if (at.query('thanks') === 'guide_differs') return <p role="status">{say('wizard.thanks_different')}</p>
  return (
    <Fold summary={say('wizard.guide.different')}>
      <form method="post" action={at.to('feedback')} className="grid gap-3 text-ink">
        <input type="hidden" name="screen" value={step} />
        <input type="hidden" name="kind" value="guide_differs" />
        <input type="hidden" name="anchor" value={field} />
        <TextArea
          id="differs"
          name="words"
          rows={3}
          maxLength={1000}
          label={say('wizard.guide.what_differs')}
          hint={say('wizard.guide.what_differs_hint')}
        />
        <div>
          <SubmitButton variant="plain" busy={say('wizard.keeping')}>
            {say('wizard.guide.tell')}
          </SubmitButton>
        </div>
      </form>
    </Fold>
  )
}
