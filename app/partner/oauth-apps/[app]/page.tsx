import { Columns, Crumbs, Page, PageHead } from '#components/shell/page.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { Card } from '#components/ui/card.tsx'
import { Facts } from '#components/ui/facts.tsx'
import { Rich } from '#components/ui/rich.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { type OAuthAppView, readOwnOAuthApp } from '#lib/partners/list-oauth-apps.ts'
import { partnerCan } from '#lib/partners/roles.ts'
import type { Say } from '#lib/views.ts'
import type { Search } from '../../../web/form-view.ts'
import { type AtPartner, enterPartnerPage } from '../../../web/here.ts'
import { orNotFound } from '../../../web/or-not-found.ts'
import { PartnerFrame } from '../../../web/partner-frame.tsx'
import { pageTitle } from '../../../web/words.tsx'
import { NotForThem, RedirectUri } from '../parts.tsx'
import { placeName, stateWords } from '../state.ts'
import { RemoveDialog, ReplaceDialog } from './dialogs.tsx'

type Props = { params: Promise<{ app: string }>; searchParams: Search }

const base = '/partner/oauth-apps'

export async function generateMetadata() {
  const { say } = await enterPartnerPage()
  return pageTitle(say, say('partner.oauth_apps'))
}

/** One OAuth app: how it is, whose turn it is, its redirect URI, and what can be done with it. Never its secret. */
export default async function OAuthAppPage({ params, searchParams }: Props) {
  const at = await enterPartnerPage()
  const { app: id } = await params
  return (
    <PartnerFrame at={at} place="oauth_apps">
      {partnerCan(at.actor.role, 'manage_oauth_apps') ? (
        await theApp(at, id, searchParams)
      ) : (
        <Page>
          <NotForThem say={at.say} />
        </Page>
      )}
    </PartnerFrame>
  )
}

async function theApp(at: AtPartner, id: string, search: Search) {
  const { say, actor } = at
  const app = await orNotFound(() => readOwnOAuthApp(actor, id))
  const name = placeName(say, app.place)
  const { ask } = await search
  const home = `${base}/${app.id}`
  const typed = app.source === 'console'
  return (
    <>
      <Page>
        <Crumbs
          label={say('app.breadcrumb')}
          items={[{ label: say('partner.oauth_apps'), href: base }, { label: name }]}
        />
        <PageHead
          title={name}
          tile={{
            monogram: app.place.monogram,
            look: app.place.environment === 'sandbox' ? 'sandbox' : 'plain',
          }}
          badges={
            app.place.environment === 'sandbox' && (
              <Badge kind="test-data">{say('partner.oauth.test_data')}</Badge>
            )
          }
        />
        <State say={say} app={app} />
        <Columns
          main={
            <>
              {!app.removedAt && (
                <Card id="register" title={say('partner.oauth.step_uri')}>
                  <RedirectUri say={say} uri={app.redirectUri} name={app.place.name} />
                </Card>
              )}
              {typed ? <Change say={say} app={app} home={home} /> : <FromEnvironment say={say} />}
            </>
          }
          aside={<About say={say} app={app} />}
        />
      </Page>
      {typed && ask === 'replace' && <ReplaceDialog at={at} app={app} home={home} search={search} />}
      {typed && ask === 'remove' && !app.removedAt && (
        <RemoveDialog at={at} app={app} home={home} search={search} />
      )}
    </>
  )
}

type Shown = { say: Say; app: OAuthAppView }

function State({ say, app }: Shown) {
  const { tone, icon, title, text } = stateWords(say, app)
  const { name } = app.place
  return (
    <Callout
      tone={tone}
      icon={icon}
      title={title}
      role="status"
      action={
        <form method="post" action={`${base}/${app.id}/test`}>
          <SubmitButton variant="plain" icon="refresh-cw" busy={say('partner.oauth.testing', { name })}>
            {say('partner.oauth.test')}
          </SubmitButton>
        </form>
      }
    >
      <p>{text}</p>
      {app.overlapsUntil && <p>{say('partner.oauth.overlap', { until: say.dateTime(app.overlapsUntil) })}</p>}
    </Callout>
  )
}

function FromEnvironment({ say }: { say: Say }) {
  return (
    <Callout title={say('partner.oauth.environment_title')}>
      <Rich>{say('partner.oauth.environment_text')}</Rich>
    </Callout>
  )
}

function Change({ say, app, home }: Shown & { home: string }) {
  const { name } = app.place
  return (
    <>
      <Card id="secret" title={say('partner.oauth.replace')}>
        <p className="text-muted">{say('partner.oauth.replace_text')}</p>
        <div>
          <ButtonLink icon="key-round" href={`${home}?ask=replace`}>
            {say('partner.oauth.replace')}
          </ButtonLink>
        </div>
      </Card>
      {!app.removedAt && (
        <Card id="removal" title={say('partner.oauth.remove')}>
          <p className="text-muted">{say('partner.oauth.remove_text', { name })}</p>
          <div>
            <ButtonLink variant="danger-plain" icon="trash" href={`${home}?ask=remove`}>
              {say('partner.oauth.remove')}
            </ButtonLink>
          </div>
        </Card>
      )}
    </>
  )
}

function About({ say, app }: Shown) {
  const { secretLastFour: last, problem } = app
  const { name } = app.place
  const words = (key: string) => say(`partner.oauth.${key}`)
  return (
    <Card>
      <Facts
        single
        items={[
          { term: words('client'), value: <code>{app.clientId}</code> },
          {
            term: words('secret'),
            value: last ? say('partner.oauth.secret_ends', { last }) : words('secret_sealed'),
          },
          { term: words('source'), value: words(`sources.${app.source}`) },
          { term: words('made'), value: say.date(app.createdAt) },
          { term: words('made_with'), value: say.number(app.connections) },
          {
            term: words('tested'),
            value: app.testedAt ? say.dateTime(app.testedAt) : words('not_tested'),
          },
          ...(problem
            ? [
                {
                  term: words('last_problem'),
                  value: say.dateTime(problem.at),
                  sub: say(`partner.oauth.last_problems.${problem.kind}`, { name }),
                },
              ]
            : []),
        ]}
      />
    </Card>
  )
}
