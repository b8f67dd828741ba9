import type { PartnerActor } from '#lib/actors.ts'
import { record } from '#lib/audit/record.ts'
import { transaction } from '#lib/db/client.ts'
import type { Fields } from '#lib/forms/parse.ts'
import { proveAgain } from '#lib/members/prove-again.ts'
import type { SignInFrom } from '#lib/members/sign-in.ts'
import { redirectUriOf } from '#lib/oauth/app.ts'
import { parseClient } from './client-fields.ts'
import { holdPartner } from './hold-partner.ts'
import { replaceSecret } from './oauth-apps.ts'
import { mustBeOfConsole, ownOAuthApp } from './own-oauth-app.ts'
import { partnerMustBeAllowed } from './roles.ts'

type Input = { appId: string; fields: Fields; from: SignInFrom }

/**
 * Gives an app a new secret, and where the client id was entered wrongly another one; the app keeps its redirect URI. For seven days the
 * secret before is tried where the new one is refused. Also of a removed app, by which its connections are refreshed still. Wants a
 * fresh sign-in. Throws as `saveOAuthApp`.
 */
export async function replaceOAuthSecret(actor: PartnerActor, input: Input): Promise<void> {
  partnerMustBeAllowed(actor, 'manage_oauth_apps')
  const { appId, fields, from } = input
  mustBeOfConsole(await ownOAuthApp(actor, appId))
  const client = parseClient(fields, redirectUriOf(appId))
  await proveAgain(actor, fields.password, from)
  await transaction(async tx => {
    await holdPartner(tx, actor.partnerId)
    const row = await ownOAuthApp(actor, appId, tx)
    mustBeOfConsole(row)
    await replaceSecret(tx, row, client)
    const data = { client_id_changed: client.clientId !== row.clientId }
    await record(tx, actor, {
      name: 'oauth_app.secret_replaced',
      subject: { kind: 'oauth_app', id: appId },
      data,
    })
  })
}
