import { begin } from './connected.ts'
import { startWorker } from './processes.ts'
import { startSandboxProcess } from './sandbox.ts'
import { runSequences } from './states/run.ts'
import type { Fault } from './table.ts'

const lanes = 3

/** F-36: the connection's states, against a reference, by random sequences of commands. */
export const model: Fault = {
  id: 'F-36',
  run: async (stage, size) => {
    await begin(stage)
    const count = size === 'short' ? 300 : 10_000
    const differs =
      size === 'short'
        ? [await runSequences(stage.sandbox, { count, seed: anySeed() })]
        : await inLanes(count)
    const found = differs.flatMap(one => one ?? [])
    return [
      {
        runs: count,
        asked: 'random sequences of commands: the program is where the reference is after each one',
        seen: found.length === 0 ? '0 divergences' : found.join('; '),
        holds: found.length === 0,
      },
    ]
  },
}

const anySeed = () => Math.floor(Math.random() * 2 ** 31)

/** Several at a time, each with a process and a sandbox of its own: they switch the sandbox to and fro. */
function inLanes(count: number): Promise<(string | undefined)[]> {
  const lane = async () => {
    const sandbox = await startSandboxProcess()
    const { origin } = sandbox
    const worker = await startWorker({ SANDBOX_ORIGIN: origin })
    try {
      return await worker.ask('sequences', { origin, count: Math.ceil(count / lanes), seed: anySeed() })
    } finally {
      await worker.kill()
      await sandbox.stop()
    }
  }
  return Promise.all(Array.from({ length: lanes }, lane))
}
