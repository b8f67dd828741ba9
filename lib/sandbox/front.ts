import type { Sandbox } from './sandbox.ts'
export function frontPage(_s: Sandbox, _p: string): Response {
  return new Response('sandbox')
}
export function shortlink(_s: Sandbox, _p: string): Response {
  return new Response('x')
}
