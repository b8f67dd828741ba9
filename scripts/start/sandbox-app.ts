import { readFile, writeFile } from 'node:fs/promises'
import { connectors } from '../../lib/connectors/registry.ts'
import type { Env } from '../../lib/env.ts'
import { idOf } from '../../lib/ids.ts'
import { type Home, keepSecret, newSecret } from './home.ts'

/** What makes the sandbox and the product know each other: a variable for each of the two. */
export type SandboxApp = { sandbox: Record<string, string>; product: Record<string, string> }

const clientId = 'gangway-demo'

/**
 * The OAuth app of the bundled sandbox, so that its sign-in can be tried by whoever has no app anywhere: its secret is made at the first
 * start and kept in `.gangway/sandbox-app`. It joins those that `OAUTH_APPS` says, in `.gangway/oauth-apps`, unless one of them is for the
 * sandbox already. The redirect URI is registered anew at each start, so it follows where `APP_URL` or the port has moved.
 */
export async function bringSandboxApp(
  home: Home,
  env: Pick<Env, 'APP_URL' | 'OAUTH_APPS'>,
): Promise<SandboxApp> {
  const given = new Set(env.OAUTH_APPS.map(({ place }) => place))
  const places = Object.values(connectors)
    .filter(({ manifest }) => manifest.oauth)
    .map(({ manifest }) => `${manifest.id}/sandbox`)
    .filter(place => !given.has(place))
  if (places.length === 0) return { sandbox: {}, product: {} }
  const secret = (await readFile(await keepSecret(home, 'sandbox-app', newSecret), 'utf8')).trim()
  const apps = places.map(place => ({ place, id: idOf(`${place} of npm start`), clientId, secret }))
  const lines = [...env.OAUTH_APPS, ...apps].map(app =>
    [app.place, app.id, app.clientId, app.secret].join(' '),
  )
  await writeFile(home.file('oauth-apps'), `${lines.join('\n')}\n`, { mode: 0o600 })
  const redirectUris = apps.map(({ id }) => `${env.APP_URL}/api/oauth/${id}/callback`)
  return {
    sandbox: {
      SANDBOX_OAUTH_CLIENT_NAME: 'Gangway',
      SANDBOX_OAUTH_CLIENT: `${clientId}:${secret}:${redirectUris.join(',')}`,
    },
    product: { OAUTH_APPS: '', OAUTH_APPS_FILE: home.file('oauth-apps') },
  }
}
