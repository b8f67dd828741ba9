import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { GangwayError } from '#lib/errors.ts'
import { turns } from './turns.ts'

/** scrypt's cost: N = 2^ln, block size r, parallelization p. One hash takes 128 · N · r bytes: 32 MiB with the default. */
type Cost = { ln: number; r: number; p: number }
type Stored = { cost: Cost; salt: Buffer; hash: Buffer }

const cost: Cost = { ln: 15, r: 8, p: 3 }
const dearest = { ln: 17, r: 8, p: 8 } as const satisfies Cost
const saltBytes = 16
const hashBytes = 32
const form = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{22})\$([A-Za-z0-9+/]{43})$/

// scrypt runs on libuv's threads, which files and DNS need too: a rush of sign-ins waits here instead of there.
const inTurn = turns(Math.max(2, Math.min(4, availableParallelism())), 200)

/** The password as it is hashed and measured: NFC, so that it does not matter how a keyboard composes an accent. */
export const normalised = (password: string): string => password.normalize('NFC')

/** The longest password, in bytes of UTF-8. */
export const mostPasswordBytes = 1024

function derive(password: string, salt: Buffer, { ln, r, p }: Cost): Promise<Buffer> {
  // Node refuses what needs 128 · N · r bytes or more unless maxmem is above it.
  const options: ScryptOptions = { N: 2 ** ln, r, p, maxmem: 128 * 2 ** ln * r + 2 ** 25 }
  const work = () =>
    new Promise<Buffer>((resolve, reject) =>
      scrypt(normalised(password), salt, hashBytes, options, (error, hash) =>
        error ? reject(error) : resolve(hash),
      ),
    )
  const turn = inTurn(work)
  if (!turn)
    throw new GangwayError('unavailable', 'too many passwords wait to be hashed', { retryAfterSeconds: 10 })
  return turn
}

const text = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '')

function parse(stored: string): Stored | null {
  const [, ln, r, p, salt = '', hash = ''] = form.exec(stored) ?? []
  const found: Cost = { ln: Number(ln), r: Number(r), p: Number(p) }
  const affordable = found.ln <= dearest.ln && found.r <= dearest.r && found.p <= dearest.p
  if (!affordable || found.ln < 1 || found.r < 1 || found.p < 1) return null
  return { cost: found, salt: Buffer.from(salt, 'base64'), hash: Buffer.from(hash, 'base64') }
}

/**
 * The password's hash as a PHC string, `$scrypt$ln=15,r=8,p=3$<salt>$<hash>` (base64 without padding). The policy is
 * `passwordProblem`'s, not checked here. GangwayError `unavailable` when two hundred hashes wait.
 */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes)
  const hash = await derive(password, salt, cost)
  return `$scrypt$ln=${cost.ln},r=${cost.r},p=${cost.p}$${text(salt)}$${text(hash)}`
}

const nobody: Stored = { cost, salt: randomBytes(saltBytes), hash: randomBytes(hashBytes) }

/**
 * Whether the password is the stored hash's. Pass null where there is no such person: it costs the same hash and is false, so
 * that the time does not tell who has an account. GangwayError `unavailable` when two hundred hashes wait.
 */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  const known = stored === null ? null : parse(stored)
  const tooLong = Buffer.byteLength(normalised(password)) > mostPasswordBytes
  const { cost: its, salt, hash } = known ?? nobody
  const equal = timingSafeEqual(await derive(tooLong ? '' : password, salt, its), hash)
  return equal && known !== null && !tooLong
}

/** Whether a stored hash was made at another cost than today's: hash the password anew at the next sign-in. */
export function needsRehash(stored: string): boolean {
  const known = parse(stored)?.cost
  return known?.ln !== cost.ln || known.r !== cost.r || known.p !== cost.p
}
