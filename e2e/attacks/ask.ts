import type { APIRequestContext, APIResponse } from '@playwright/test'
import type { Stack } from '../fixtures.ts'
import type { Person } from '../team.ts'

export const cookieHeader = ({ cookie }: Pick<Person, 'cookie'>): string => `${cookie.name}=${cookie.value}`

type Wish = {
  as?: Pick<Person, 'cookie'> | undefined
  fields?: Readonly<Record<string, string>> | undefined
  headers?: Readonly<Record<string, string>> | undefined
}

/** Sends a request as a page of ours would, and follows nothing. */
export function ask(
  request: APIRequestContext,
  stack: Stack,
  method: string,
  path: string,
  { as, fields, headers }: Wish = {},
): Promise<APIResponse> {
  const writes = method !== 'GET' && method !== 'HEAD'
  return request.fetch(path, {
    method,
    maxRedirects: 0,
    headers: {
      ...(as ? { cookie: cookieHeader(as) } : {}),
      ...(writes ? { origin: stack.appUrl, 'sec-fetch-site': 'same-origin' } : {}),
      ...headers,
    },
    ...(writes ? { form: { ...fields } } : {}),
  })
}
