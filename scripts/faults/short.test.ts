import { afterAll, expect, test } from 'vitest'
import { faults } from './all.ts'
import { killWorkers } from './processes.ts'
import { startSandboxProcess } from './sandbox.ts'

const sandbox = await startSandboxProcess()
afterAll(async () => {
  await killWorkers()
  await sandbox.stop()
})

// The long form is `npm run faults`; its table says the numbers.
test.each(faults.map(fault => [fault.id, fault] as const))(
  '%s is met as asked',
  { timeout: 60_000 },
  async (_, fault) => {
    const seen = await fault.run({ sandbox }, 'short')
    expect(seen.filter(({ holds }) => !holds)).toEqual([])
  },
)
