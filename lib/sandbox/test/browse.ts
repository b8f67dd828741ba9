import { type Answer, ask } from './ask.ts'

/** A browser of a kind: keeps the cookie, follows no redirect by itself, fills in forms. */
export type Visitor = {
  get(path: string): Promise<Answer>
  post(
    path: string,
    fields: Record<string, string | string[]>,
    headers?: Record<string, string>,
  ): Promise<Answer>
}

/** Somebody who visits an account's back office, signed in to nothing yet. */
export function visit(port: number, host: string): Visitor {
  let cookie = ''
  const send = async (
    path: string,
    options: { method?: string; headers?: Record<string, string>; body?: string },
  ) => {
    const answer = await ask(port, path, {
      host,
      ...options,
      headers: { ...(cookie ? { Cookie: cookie } : {}), ...options.headers },
    })
    const [set] = answer.headers['set-cookie'] ?? []
    if (set !== undefined) cookie = set.split(';')[0] ?? ''
    return answer
  }
  return {
    get: path => send(path, {}),
    post(path, fields, headers = {}) {
      const form = new URLSearchParams()
      for (const [name, values] of Object.entries(fields))
        for (const value of [values].flat()) form.append(name, value)
      const type = { 'Content-Type': 'application/x-www-form-urlencoded' }
      return send(path, { method: 'POST', headers: { ...type, ...headers }, body: String(form) })
    },
  }
}

/** Signs in as the person with this name, from the page that lists them. */
export async function signInAs(visitor: Visitor, name: string, next?: string): Promise<Answer> {
  const page = await visitor.get(
    `/backend/sign-in${next === undefined ? '' : `?${new URLSearchParams({ next })}`}`,
  )
  const id = new RegExp(`value="(\\d+)"(?:(?!value=)[^])*?<b>${name}`).exec(page.text)?.[1] ?? ''
  const where = /name="next" value="([^"]*)"/.exec(page.text)?.[1] ?? ''
  return visitor.post('/backend/sign-in', { member: id, next: where.replaceAll('&amp;', '&') })
}
