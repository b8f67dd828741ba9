import type { PartnerActor } from '#lib/actors.ts'
import { type NextStep, nextStep } from '#lib/keys/next-step.ts'
import { type KeyState, keyStates, rotationPace } from '#lib/keys/status.ts'
import { partnerMustBeAllowed } from './roles.ts'

/** How far a rotation is that runs right now: data keys by the primary, of all, how many a second, seconds that are left. */
type Rotation = { done: number; all: number; pace: number; secondsLeft: number }

/** The keys as this process and the database know them, what is next, and the rotation that runs, if one does. No key is in it. */
export type KeysView = { keys: KeyState[]; next: NextStep; rotation: Rotation | undefined }

/** The state of the encryption keys, for the partner's owner. A keyring serves every partner of a database, and so does this. */
export async function readKeyState(actor: PartnerActor): Promise<KeysView> {
  partnerMustBeAllowed(actor, 'see_keys')
  const keys = await keyStates()
  const next = nextStep(keys)
  return { keys, next, rotation: next.step === 'rotate' ? await rotationOf(keys, next.dataKeys) : undefined }
}

async function rotationOf(keys: KeyState[], waiting: number): Promise<Rotation | undefined> {
  const pace = await rotationPace()
  if (pace === 0) return undefined
  const done = keys.find(({ place }) => place === 'primary')?.dataKeys ?? 0
  return { done, all: done + waiting, pace, secondsLeft: waiting / pace }
}
