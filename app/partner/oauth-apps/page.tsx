import { Page, PageHead } from '#components/shell/page.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Card, CardRow, CardRows } from '#components/ui/card.tsx'
import { Tile } from '#components/ui/tile.tsx'
import { listOAuthApps, type OAuthAppsOfPlace, type OAuthAppView } from '#lib/partners/list-oauth-apps.ts'
import { partnerCan } from '#lib/partners/roles.ts'
import type { Say } from '#lib/views.ts'
import { type AtPartner, enterPartnerPage } from '../../web/here.ts'
import { PartnerFrame } from '../../web/partner-frame.tsx'
import { pageTitle } from '../../web/words.tsx'
import { NotForThem } from './parts.tsx'
import { placeName, stateWords } from './state.ts'

const base = '/partner/oauth-apps'

export async function generateMetadata() {
  const { say } = await enterPartnerPage()
  return pageTitle(say, say('partner.oauth_apps'))
}

/** The partner's OAuth apps: one for each ATS and environment, or that there is none. */
export default async function OAuthAppsPage() {
  const at = await enterPartnerPage()
  const { say, actor } = at
  return (
    <PartnerFrame at={at} place="oauth_apps">
      <Page>
        <PageHead title={say('partner.oauth_apps')} lead={say('partner.oauth.lead')} />
        {partnerCan(actor.role, 'manage_oauth_apps') ? <Places at={at} /> : <NotForThem say={say} />}
      </Page>
    </PartnerFrame>
  )
}

async function Places({ at: { say, actor } }: { at: AtPartner }) {
  const places = await listOAuthApps(actor)
  return (
    <Card flush>
      <CardRows>
        {places.flatMap(each => [
          <PlaceRow key={each.place.text} say={say} {...each} />,
          ...each.before.map(app => <BeforeRow key={app.id} say={say} app={app} />),
        ])}
      </CardRows>
    </Card>
  )
}

function PlaceRow({ say, place, app }: OAuthAppsOfPlace & { say: Say }) {
  const look = place.environment === 'sandbox' ? 'sandbox' : 'plain'
  const name = placeName(say, place)
  const href = app ? `${base}/${app.id}` : `${base}/new?for=${place.text}`
  return (
    <CardRow
      mark={<Tile monogram={place.monogram} look={look} />}
      title={app ? <a href={href}>{name}</a> : name}
      text={app ? `${say('partner.oauth.client')} ${app.clientId}` : say('partner.oauth.none')}
      end={
        <>
          {place.environment === 'sandbox' && (
            <Badge kind="test-data">{say('partner.oauth.test_data')}</Badge>
          )}
          {app && <StateBadge say={say} app={app} />}
          <ButtonLink size="sm" href={href}>
            {say(app ? 'partner.oauth.open' : 'partner.oauth.enter')}
            <span className="sr-only">: {name}</span>
          </ButtonLink>
        </>
      }
    />
  )
}

function StateBadge({ say, app }: { say: Say; app: OAuthAppView }) {
  const { tone, icon, badge } = stateWords(say, app)
  return (
    <Badge icon={icon} tone={tone}>
      {badge}
    </Badge>
  )
}

function BeforeRow({ say, app }: { say: Say; app: OAuthAppView }) {
  const values = { count: app.connections, date: app.removedAt ? say.date(app.removedAt) : '' }
  return (
    <CardRow
      mark={<Tile icon="trash" look="empty" />}
      title={<a href={`${base}/${app.id}`}>{`${placeName(say, app.place)}, ${app.clientId}`}</a>}
      text={say('partner.oauth.before', values)}
      end={<StateBadge say={say} app={app} />}
    />
  )
}
