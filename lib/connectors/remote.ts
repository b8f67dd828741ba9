/** Shapes of ours that what comes from every ATS is mapped to. */

export type RemoteAccount = { remoteId: string; name: string; subdomain: string }

export type RemoteJob = {
  remoteId: string
  /** Opaque to the core; how the ATS wants the job named in addresses. */
  remoteRef: string
  title: string
  code: string
  department: string
  place: string
  state: 'draft' | 'published' | 'closed' | 'archived' | 'unknown'
  /** The job in the ATS's own screens, https or the sandbox's; absent when it gave none that is of its own host. */
  url?: string
  updatedAt?: Date
}

export type RemoteCandidate = {
  remoteId: string
  name: string
  /** As the ATS shows it, such as "Phone Screen". */
  stage: string
  headline: string
  disqualified: boolean
  createdAt?: Date
  url?: string
}

/** A page; `next` is opaque and goes back in as `cursor`. Absent on the last one. */
export type Page<T> = { items: T[]; next?: string }
