import { afterAll, expect, test } from 'vitest'
import { killChildren } from './children.ts'
import { model } from './model.ts'
import { startSandboxProcess } from './sandbox.ts'

const sandbox = await startSandboxProcess()
process.env.SANDBOX_ORIGIN = sandbox.origin
afterAll(killChildren)

test('a connection is where the reference says after each of 300 random sequences of commands', {
  timeout: 240_000,
}, async () => {
  const [seen] = await model.run({ sandbox }, 'short')
  expect(seen).toMatchObject({ runs: 300, seen: '0 divergences', holds: true })
})
