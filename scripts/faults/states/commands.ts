import fc from 'fast-check'
import type { Real } from './real.ts'
import type { Model } from './reference.ts'
import * as reference from './reference.ts'

/** What may happen to a connection, to the reference and in truth. After each the two are compared. */

type Happening = {
  does: (m: Model) => unknown
  really: (real: Real) => Promise<unknown>
  when?: (m: Model) => boolean
}

const living = reference.isLiving

const happenings: Record<string, Happening> = {
  'its moment comes': {
    does: m => {
      m.waits = false
      reference.refreshes(m)
    },
    really: real => real.momentComes(),
    when: living,
  },
  'its moment comes while the server is down': {
    does: m => {
      m.waits = false
      reference.refreshes(m, true)
    },
    really: real => real.down(),
    when: living,
  },
  "the app's moment comes": {
    does: m => {
      m.appWaits = false
    },
    really: real => real.appsMomentComes(),
  },
  'access tokens end': {
    does: m => {
      m.fresh = false
    },
    really: real => real.expire(),
  },
  'the customer takes it back': { does: reference.takesBack, really: real => real.takeBack() },
  'the secret is replaced over there': {
    does: m => {
      m.secretRight = false
    },
    really: real => real.secret(false),
  },
  'the secret is right again': {
    does: m => {
      m.secretRight = true
    },
    really: real => real.secret(true),
  },
  'a process died with the lease': { does: () => {}, really: real => real.diedWithLease() },
  use: {
    does: m => reference.uses(m),
    really: async real => typeof (await real.use()) === 'number',
    when: living,
  },
  'switch off': {
    does: m => {
      m.status = 'inactive'
    },
    really: real => real.switchOff(),
    when: living,
  },
  'switch on': { does: reference.switchesOn, really: real => real.switchOn(), when: living },
  reconnect: { does: reference.reconnects, really: real => real.reconnect(), when: living },
  delete: { does: reference.deletes, really: real => real.delete(), when: living },
  'revoke what waits': { does: reference.revokes, really: real => real.revoke() },
}

const shown = ({ status, version, app, revoking }: Model) => ({
  status,
  version,
  app,
  revoking: revoking.length,
  kept: status === 'deleted' ? 'nothing' : 'tokens',
})

function same(what: string, asked: unknown, seen: unknown): void {
  const [one, other] = [JSON.stringify(asked), JSON.stringify(seen)]
  if (one !== other) throw new Error(`${what}: asked ${one}, seen ${other}`)
}

const commandOf = ([name, { does, really, when }]: [string, Happening]): fc.AsyncCommand<Model, Real> => ({
  check: m => when?.(m) ?? true,
  run: async (m, real) => {
    const asked = does(m)
    const seen = await really(real)
    if (typeof asked === 'boolean') same(`${name} gets through`, asked, seen)
    same(name, shown(m), await real.seen())
  },
  toString: () => name,
})

/** What leads to the rarer states comes more often. */
const often: Record<string, number> = { 'its moment comes': 3, 'the customer takes it back': 2, use: 2 }

/** The commands with these names, one after the other. */
export const sequenceOf = (names: readonly string[]): fc.AsyncCommand<Model, Real>[] =>
  names.map(name => {
    const happening = happenings[name]
    if (!happening) throw new Error(`nothing is named ${name}`)
    return commandOf([name, happening])
  })

/** Sequences of up to sixteen. */
export const sequences = fc.commands(
  Object.entries(happenings).flatMap(one =>
    Array.from({ length: often[one[0]] ?? 1 }, () => fc.constant(commandOf(one))),
  ),
  { maxCommands: 16, size: 'max' },
)
