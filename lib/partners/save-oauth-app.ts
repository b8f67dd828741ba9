import type { PartnerActor } from '#lib/actors.ts'
import { record } from '#lib/audit/record.ts'
import { db, transaction } from '#lib/db/client.ts'
import { GangwayError, notFound } from '#lib/errors.ts'
import type { Fields } from '#lib/forms/parse.ts'
import { proveAgain } from '#lib/members/prove-again.ts'
import type { SignInFrom } from '#lib/members/sign-in.ts'
import { redirectUriOf } from '#lib/oauth/app.ts'
import { parseClient } from './client-fields.ts'
import { holdPartner } from './hold-partner.ts'
import { insertOAuthApp, livingOAuthApp } from './oauth-apps.ts'
import { nextAppId, placeOf, textOf } from './oauth-places.ts'
import { partnerMustBeAllowed } from './roles.ts'

/**
 * Keeps the partner's OAuth app for an ATS and environment (the field `place`, as `<connector>/<environment>`), its secret sealed. Gives its id.
 * Wants a fresh sign-in. Throws `invalid` with the problems at `client_id`, `client_secret` or `password`, `conflict` where there is one,
 * `not_found` where nobody signs in.
 */
export async function saveOAuthApp(actor: PartnerActor, fields: Fields, from: SignInFrom): Promise<string> {
  partnerMustBeAllowed(actor, 'manage_oauth_apps')
  const { partnerId, userId: createdBy } = actor
  const place = placeOf(fields.place ?? '')
  if (!place) throw notFound('place of an OAuth app')
  const client = parseClient(fields, redirectUriOf(await nextAppId(db(), partnerId, place)))
  await proveAgain(actor, fields.password, from)
  return transaction(async tx => {
    await holdPartner(tx, partnerId)
    if (await livingOAuthApp(tx, { partnerId, ...place }))
      throw new GangwayError('conflict', 'there is an app', { said: { key: 'partner.oauth.there_is_one' } })
    const id = await nextAppId(tx, partnerId, place)
    await insertOAuthApp(tx, { id, partnerId, ...place, ...client, source: 'console', createdBy })
    const subject = { kind: 'oauth_app', id }
    await record(tx, actor, { name: 'oauth_app.saved', subject, data: { place: textOf(place) } })
    return id
  })
}
