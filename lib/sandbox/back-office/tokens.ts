import type { Hono } from 'hono'
import { z } from 'zod'
import type { Exchange } from '../exchange.ts'
import type { Token } from '../records.ts'
import type { Sandbox } from '../sandbox.ts'
import { type Scope, scopes } from '../scopes.ts'
import { expiries, expiryAfter, mintToken } from '../tokens.ts'
import { newTokenPage } from './new-token-page.ts'
import type { TokenDraft } from './sessions.ts'
import { INTEGRATIONS } from './settings.ts'
import { shownOncePage } from './shown-once-page.ts'
import { tokensPage } from './tokens-page.ts'
import { adminOnly, nothingHere, type Viewer } from './viewer.ts'

const formSchema = z.object({
  name: z.string().trim().max(100).catch(''),
  days: z.string().catch(''),
  scopes: z
    .union([z.string().transform(one => [one]), z.array(z.string())])
    .catch([])
    .transform(given => scopes.filter(scope => given.includes(scope))),
})

/** Settings > Integrations > Apps > API Access Tokens: list, make, show once, revoke. Admins only. */
export function tokenPages(app: Hono<{ Bindings: Exchange }>, sandbox: Sandbox): void {
  app.get(
    INTEGRATIONS,
    adminOnly(sandbox, (_, viewer) => tokensPage(sandbox, viewer)),
  )
  app.get(
    `${INTEGRATIONS}/tokens/new`,
    adminOnly(sandbox, (_, viewer) => newTokenPage(viewer, takeDraft(viewer))),
  )

  app.post(
    `${INTEGRATIONS}/tokens`,
    adminOnly(sandbox, async (c, viewer) => {
      const older = sandbox.state.switches.menu === 'older'
      const form = formSchema.parse(await c.req.parseBody({ all: true }))
      const problems = older ? {} : problemsOf(form)
      if (Object.keys(problems).length > 0) {
        viewer.session.draft = { ...form, problems }
        return c.redirect(`${INTEGRATIONS}/tokens/new`, 303)
      }
      const days = expiries.find(expiry => String(expiry.days) === form.days)?.days ?? expiries[0].days
      const token = older
        ? make(sandbox, viewer, 'Access token', [...scopes], null)
        : make(sandbox, viewer, form.name, form.scopes, expiryAfter(sandbox.now(), days))
      return c.redirect(`${INTEGRATIONS}/tokens/${token.id}`, 303)
    }),
  )

  app.get(
    `${INTEGRATIONS}/tokens/:id`,
    adminOnly(sandbox, (c, viewer) => {
      const token = ownToken(sandbox, viewer, c.req.param('id'))
      if (token === null) return nothingHere(sandbox, viewer.account)
      const { fresh } = viewer.session
      const value = fresh?.tokenId === token.id ? fresh.value : null
      // A HEAD comes before a page is looked at, if at all: it does not use the showing up.
      if (c.req.method === 'GET') viewer.session.fresh = null
      return shownOncePage(viewer, token, value)
    }),
  )

  app.post(
    `${INTEGRATIONS}/tokens/:id/revoke`,
    adminOnly(sandbox, (c, viewer) => {
      const token = ownToken(sandbox, viewer, c.req.param('id'))
      if (token === null) return nothingHere(sandbox, viewer.account)
      token.revokedAt ??= sandbox.now()
      viewer.session.notice = `“${token.name}” is revoked. Whatever used it is refused from now on.`
      sandbox.touched()
      return c.redirect(INTEGRATIONS, 303)
    }),
  )
}

function problemsOf(form: z.infer<typeof formSchema>): TokenDraft['problems'] {
  return {
    ...(form.name === '' ? { name: 'Give the token a name, so that it can be told from others.' } : {}),
    ...(form.scopes.length === 0 ? { scopes: 'Tick at least one scope.' } : {}),
  }
}

function make(
  sandbox: Sandbox,
  viewer: Viewer,
  name: string,
  scopes: Scope[],
  expiresAt: number | null,
): Token {
  const { account, member, session } = viewer
  const now = sandbox.now()
  const token = mintToken(sandbox.state, { accountId: account.id, member, name, scopes, expiresAt, now })
  session.fresh = { tokenId: token.id, value: token.value }
  sandbox.touched()
  return token
}

function takeDraft({ session }: Viewer): TokenDraft | null {
  const { draft } = session
  session.draft = null
  return draft
}

function ownToken(sandbox: Sandbox, viewer: Viewer, id: string | undefined): Token | null {
  const token = sandbox.state.tokens.get(Number(id))
  return token?.accountId === viewer.account.id ? token : null
}
