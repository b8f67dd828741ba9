/** How often the endpoints for programs ended in what, since the start or the last time the ledger was emptied. */
export type Tallies = {
  count(tally: Omit<Tally, 'count'>): void
  list(): Tally[]
  clear(): void
}

/** `clientId` is null where the client is none that is known; `outcome` is `issued`, `done`, or the error. */
type Tally = {
  endpoint: 'token' | 'revoke'
  clientId: string | null
  grantType: string | null
  outcome: string
  count: number
}

/** Tallies in memory, all at nought. */
export function openTallies(): Tallies {
  const tallies = new Map<string, Tally>()
  return {
    count(tally) {
      const key = JSON.stringify([tally.endpoint, tally.clientId, tally.grantType, tally.outcome])
      const known = tallies.get(key)
      if (known === undefined) tallies.set(key, { ...tally, count: 1 })
      else known.count += 1
    },
    list: () => [...tallies.values()].map(tally => ({ ...tally })),
    clear: () => tallies.clear(),
  }
}
