import type { Connector } from '../contract.ts'
import { checks } from './checks.ts'
import { guide } from './guide.ts'
import { listAccounts, listCandidates, listJobs } from './lists.ts'
import { manifest } from './manifest.ts'
import { saysScope } from './replies.ts'

/** Workable: what it is, how a key is found, tried and used. */
export const workable = {
  manifest,
  guide,
  checks,
  listAccounts,
  namesScope: saysScope,
  listJobs,
  listCandidates,
} as const satisfies Connector
