import { Hono } from 'hono'
import type { Exchange } from '../exchange.ts'
import type { Sandbox } from '../sandbox.ts'
export function backOfficeApp(_s: Sandbox): Hono<{ Bindings: Exchange }> {
  return new Hono<{ Bindings: Exchange }>()
}
