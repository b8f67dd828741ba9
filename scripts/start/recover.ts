import { execFile } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { z } from 'zod'
import { isAlive } from '../postgres/processes.ts'
import { endAll } from './children.ts'
import { type Home, readNote, writeNote } from './home.ts'
import { CannotStart } from './say.ts'

const noted = z.object({
  starter: z.number().int(),
  address: z.string(),
  parts: z.array(z.object({ name: z.string(), pid: z.number().int(), script: z.string() })),
})
type Noted = z.infer<typeof noted>

const noteName = 'running.json'

/** Notes which processes run, so that the next start finds them if this one is killed. */
export const noteRunning = (home: Home, running: Noted): Promise<void> => writeNote(home, noteName, running)

/** Takes our note away: everything ended in order. Another starter's stays. */
export async function forgetRunning(home: Home): Promise<void> {
  const last = noted.safeParse(await readNote(home, noteName))
  if (last.data?.starter === process.pid) await rm(home.file(noteName), { force: true })
}

/**
 * Ends what a start before this one left behind. A process is only ended when its command line is that of the part that was
 * noted: numbers are used again. Fails where Gangway really runs here.
 */
export async function endLeftOvers(home: Home): Promise<string[]> {
  const last = noted.safeParse(await readNote(home, noteName))
  if (!last.success) return []
  const { starter, address, parts } = last.data
  // A starter whose terminal was killed takes a moment to notice.
  for (const until = Date.now() + 6_000; await isOf(starter, 'scripts/start'); await sleep(100)) {
    if (Date.now() > until)
      throw new CannotStart(`Gangway already runs here, at ${address} (process ${starter}).`)
  }
  const left = []
  for (const part of parts) if (await isOf(part.pid, part.script)) left.push(part)
  await endAll(
    left.map(({ pid }) => pid),
    3_000,
  )
  return left.map(({ name }) => name)
}

async function isOf(pid: number, script: string): Promise<boolean> {
  if (!isAlive(pid) || pid === process.pid) return false
  return (await commandOf(pid)).includes(script)
}

async function commandOf(pid: number): Promise<string> {
  const fromProc = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined)
  if (fromProc !== undefined) return fromProc.replaceAll('\0', ' ')
  const { stdout } = await promisify(execFile)('ps', ['-p', String(pid), '-o', 'command=']).catch(() => ({
    stdout: '',
  }))
  return stdout
}
