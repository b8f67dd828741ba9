/** What a connection by OAuth and its app should be, in the fewest words: the reference that the program is compared with. */

type Status = 'active' | 'inactive' | 'needs_reauth' | 'deleted'

/** A pair that waits to be revoked: whether its grant lives. */
type Revoking = { alive: boolean }

export type Model = {
  status: Status
  version: number
  /** At the server: the grant lives; its access token has not ended. */
  alive: boolean
  fresh: boolean
  /** The grant was refused once. */
  suspected: boolean
  /** After a failure, and the next try's moment has not come. */
  waits: boolean
  app: 'working' | 'stopped'
  /** The stopped app's next try has not come. */
  appWaits: boolean
  /** The secret that is kept here is the right one. */
  secretRight: boolean
  revoking: Revoking[]
}

export const first = (): Model => ({
  status: 'active',
  version: 1,
  alive: true,
  fresh: true,
  suspected: false,
  waits: false,
  app: 'working',
  appWaits: false,
  secretRight: true,
  revoking: [],
})

export const isLiving = ({ status }: Model): boolean => status !== 'deleted'
const isKept = ({ status }: Model): boolean => status === 'active' || status === 'inactive'

/** A refresh is wanted. `down`: the server answers nobody. */
export function refreshes(m: Model, down = false): void {
  if (!isKept(m) || m.waits || (m.app === 'stopped' && m.appWaits)) return
  if (down) {
    m.suspected = false
    m.waits = true
    if (m.app === 'stopped') m.appWaits = true
  } else if (!m.secretRight) {
    m.app = 'stopped'
    m.appWaits = true
  } else {
    m.app = 'working'
    if (m.alive) renewed(m)
    else if (m.suspected) m.status = 'needs_reauth'
    else {
      m.suspected = true
      m.waits = true
    }
  }
}

function renewed(m: Model): void {
  m.version += 1
  m.fresh = true
  m.suspected = false
  m.waits = false
}

/** A request is made: whether it gets through. */
export function uses(m: Model): boolean {
  if (m.status !== 'active') return false
  if (m.fresh && m.alive) return true
  const { version } = m
  refreshes(m)
  return m.version > version
}

/** **Active**: the credential is tried first. */
export function switchesOn(m: Model): void {
  if (m.status !== 'inactive') return
  const { version } = m
  if (!(m.fresh && m.alive)) refreshes(m)
  const works = (m.fresh && m.alive) || m.version > version
  if (works) m.status = 'active'
}

/** The same account is signed in to again. */
export function reconnects(m: Model): void {
  m.revoking.push({ alive: m.alive })
  m.alive = true
  if (m.status === 'needs_reauth') m.status = 'active'
  renewed(m)
}

export function deletes(m: Model): void {
  m.revoking.push({ alive: m.alive })
  m.status = 'deleted'
  m.alive = false
}

/** Everything is revoked, or known to be dead; without the app's secret nothing is: a token that is refused may only have ended early. */
export function revokes(m: Model): void {
  if (m.secretRight) m.revoking = []
}

/** The customer takes everything back. */
export function takesBack(m: Model): void {
  m.alive = false
  for (const pair of m.revoking) pair.alive = false
}
