import type { Account, Member } from '../records.ts'
import type { State } from '../state.ts'

/** A person over all accounts: who has the same e-mail address is the same. */
export type Person = { email: string; name: string; memberships: readonly Membership[] }

type Membership = { account: Account; member: Member }

/** Everybody who could sign in somewhere, in the order of the accounts. */
export function everybody(state: State): Person[] {
  const people = new Map<string, { email: string; name: string; memberships: Membership[] }>()
  for (const member of state.members.values()) {
    const account = state.accounts.get(member.accountId)
    if (account === undefined || !mayEnter(member)) continue
    const email = addressOf(member.email)
    const person = people.get(email) ?? { email, name: member.name, memberships: [] }
    person.memberships.push({ account, member })
    people.set(email, person)
  }
  return [...people.values()]
}

/** The person with an address, or null where no account has an active member with it. */
export function personOf(state: State, email: string): Person | null {
  const wanted = addressOf(email)
  const memberships = [...state.members.values()].flatMap(member => {
    const account = state.accounts.get(member.accountId)
    return account !== undefined && mayEnter(member) && addressOf(member.email) === wanted
      ? [{ account, member }]
      : []
  })
  const [first] = memberships
  return first === undefined ? null : { email: wanted, name: first.member.name, memberships }
}

/** An address as it is compared: without regard to capitals. */
export function addressOf(email: string): string {
  return email.trim().toLowerCase()
}

function mayEnter(member: Member): boolean {
  return member.active && member.role !== 'no_access'
}
