import { notFound, redirect } from 'next/navigation'
import type { ReactNode } from 'react'
import { Crumbs, Page, PageHead } from '#components/shell/page.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { ErrorSummary } from '#components/ui/error-summary.tsx'
import { Rich } from '#components/ui/rich.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { isProven } from '#lib/members/recent-proof.ts'
import { newAppAt, type OAuthPlaceView } from '#lib/partners/list-oauth-apps.ts'
import { partnerCan } from '#lib/partners/roles.ts'
import type { Say } from '#lib/views.ts'
import { formView, type Search, summaryOf } from '../../../web/form-view.ts'
import { type AtPartner, enterPartnerPage } from '../../../web/here.ts'
import { orNotFound } from '../../../web/or-not-found.ts'
import { PartnerFrame } from '../../../web/partner-frame.tsx'
import { pageTitle } from '../../../web/words.tsx'
import { ClientFields, fieldLabels, RedirectUri } from '../parts.tsx'
import { placeName } from '../state.ts'

const base = '/partner/oauth-apps'

export async function generateMetadata() {
  const { say } = await enterPartnerPage()
  return pageTitle(say, say('partner.oauth.enter'))
}

/** What a partner does to get an app, in its order: apply, register the redirect URI, enter client id and secret. */
export default async function NewOAuthAppPage({ searchParams }: { searchParams: Search }) {
  const at = await enterPartnerPage()
  const { say, actor } = at
  if (!partnerCan(actor.role, 'manage_oauth_apps')) notFound()
  const { for: text } = await searchParams
  const found = await orNotFound(() => newAppAt(actor, typeof text === 'string' ? text : ''))
  if (found.appId) redirect(`${base}/${found.appId}`)
  const { place, redirectUri } = found
  const name = placeName(say, place)
  const title = say('partner.oauth.new_title', { name })
  return (
    <PartnerFrame at={at} place="oauth_apps">
      <Page>
        <Crumbs
          label={say('app.breadcrumb')}
          items={[{ label: say('partner.oauth_apps'), href: base }, { label: title }]}
        />
        <PageHead title={title} lead={say('partner.oauth.new_lead', { name: place.name })} />
        <div className="grid max-w-[720px] gap-4">
          <Programme say={say} place={place} />
          <Card id="register" title={say('partner.oauth.step_uri')}>
            <RedirectUri say={say} uri={redirectUri} name={place.name} />
            <p className="text-sm text-muted">{say('partner.oauth.step_uri_later')}</p>
          </Card>
          <Card id="enter" title={say('partner.oauth.step_enter', { name: place.name })}>
            <EnterForm at={at} place={place} search={searchParams} />
          </Card>
        </div>
      </Page>
    </PartnerFrame>
  )
}

function Programme({ say, place }: { say: Say; place: OAuthPlaceView }): ReactNode {
  const { name, programme } = place
  if (place.environment === 'sandbox')
    return (
      <Card id="apply" title={say('partner.oauth.step_sandbox', { name })}>
        <p className="text-muted">
          <Rich>{say('partner.oauth.step_sandbox_text')}</Rich>
        </p>
      </Card>
    )
  return (
    <Card id="apply" title={say('partner.oauth.step_apply', { name })}>
      <p className="text-muted">{say('partner.oauth.step_apply_text', { name, mail: programme.mail })}</p>
      <div>
        <ButtonLink
          iconEnd="external-link"
          href={programme.url}
          target="_blank"
          rel="noopener noreferrer"
          aria-describedby="apply"
        >
          {say('partner.oauth.step_apply_go', { name })}
        </ButtonLink>
      </div>
    </Card>
  )
}

async function EnterForm(props: { at: AtPartner; place: OAuthPlaceView; search: Search }) {
  const { say, actor } = props.at
  const { name, text } = props.place
  const [form, proven] = await Promise.all([formView(say, 'oauth-app', props.search, actor), isProven(actor)])
  return (
    <form method="post" action={`${base}/save?for=${text}`} className="grid gap-4">
      <ErrorSummary
        title={say('forms.summary', { count: form.problems.length })}
        items={summaryOf(form, fieldLabels(say))}
      />
      <ClientFields
        say={say}
        form={form}
        clientHint={say('partner.oauth.client_hint', { name })}
        proven={proven}
      />
      <div className="flex flex-wrap gap-2">
        <SubmitButton busy={say('partner.oauth.saving')}>{say('partner.oauth.save')}</SubmitButton>
        <ButtonLink variant="quiet" href={base}>
          {say('partner.oauth.back')}
        </ButtonLink>
      </div>
    </form>
  )
}
