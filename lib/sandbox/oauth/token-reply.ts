import type { Scope } from '../scopes.ts'
import type { Switches } from '../switches.ts'
import { describe, type TokenError } from './errors.ts'
import type { OauthToken } from './records.ts'

const kept = { 'Cache-Control': 'no-store', Pragma: 'no-cache' }
const json = { 'Content-Type': 'application/json; charset=utf-8' }

/** A new pair, with what the published samples have and lack (workable-api section 9.1). */
export function tokenReply(switches: Switches, row: OauthToken, refreshed: boolean): Response {
  const told = refreshed ? switches.scopeInRefresh : switches.scopeInExchange
  const dated = refreshed ? switches.createdAtInRefresh : switches.createdAtInExchange
  const body = {
    access_token: row.accessToken,
    token_type: switches.tokenTypeTold,
    ...expiry(switches, row),
    refresh_token: row.refreshToken,
    ...scopeMember(told, row.scopes),
    ...(dated ? { created_at: Math.floor(row.createdAt / 1000) } : {}),
  }
  return new Response(JSON.stringify(body), { status: 200, headers: { ...json, ...kept } })
}

function expiry({ expiresInTold }: Switches, row: OauthToken): { expires_in?: number | string } {
  const seconds = Math.floor((row.expiresAt - row.createdAt) / 1000)
  if (typeof expiresInTold === 'number') return { expires_in: expiresInTold }
  if (expiresInTold === 'absent') return {}
  return { expires_in: expiresInTold === 'as_text' ? String(seconds) : seconds }
}

function scopeMember(told: Switches['scopeInRefresh'], held: readonly Scope[]): { scope?: string } {
  if (told === 'absent') return {}
  return { scope: told === 'r_jobs' ? 'r_jobs' : held.join(' ') }
}

/** An error of the token endpoint, as Doorkeeper writes it in the form that the switches say (section 9.2). */
export function tokenErrorReply(switches: Switches, error: TokenError): Response {
  const description = describe(error) ?? ''
  const status = error === 'invalid_client' ? 401 : switches.tokenErrorStatus
  const challenge = `Bearer realm="Doorkeeper", error="${error}", error_description="${description}"`
  const headers = { ...kept, ...(switches.tokenErrorChallenge ? { 'WWW-Authenticate': challenge } : {}) }
  if (switches.tokenErrorBody === 'none') return new Response(null, { status, headers })
  if (switches.tokenErrorBody === 'html') {
    const page = `<!DOCTYPE html><html lang="en"><title>${status}</title><h1>Something went wrong</h1></html>`
    return new Response(page, { status, headers: { 'Content-Type': 'text/html; charset=utf-8', ...headers } })
  }
  const body = JSON.stringify({ error, error_description: description })
  return new Response(body, { status, headers: { ...json, ...headers } })
}
