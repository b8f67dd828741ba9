import { toHex } from '../ids.ts'
import type { Account } from '../records.ts'

/** An account, the same in the list and alone, where it has no wrapper (recorded). */
export function accountJson(account: Account) {
  return {
    id: toHex(account.id),
    name: account.name,
    subdomain: account.subdomain,
    description: account.description,
    summary: account.summary,
    website_url: account.websiteUrl,
  }
}
