import { z } from 'zod'
import {
  type OauthApp,
  type OauthCode,
  type OauthGrant,
  type OauthToken,
  oauthAppSchema,
  oauthCodeSchema,
  oauthGrantSchema,
  oauthTokenSchema,
} from './oauth/records.ts'
import {
  type Account,
  accountSchema,
  type Candidate,
  candidateSchema,
  type Department,
  departmentSchema,
  type Job,
  jobSchema,
  type Member,
  memberSchema,
  type Pipeline,
  pipelineSchema,
  type Token,
  tokenSchema,
} from './records.ts'
import { defaultSwitches, type Switches, switchesSchema } from './switches.ts'

/** Where each kind of id starts: figures of the size that was recorded; those of OAuth meet none of the others. */
const firstIds = {
  accounts: 738_827,
  members: 2_045_066,
  departments: 600_800,
  pipelines: 812_400,
  stages: 5_272_268,
  jobs: 5_986_326,
  candidates: 656_866_722,
  tokens: 31_400,
  oauthApps: 410,
  oauthCodes: 7_200_000,
  oauthGrants: 5_100_000,
  oauthTokens: 9_300_000,
}

/** The state as it lies in the file. What a file from before OAuth lacks is empty. */
export const savedStateSchema = z.object({
  version: z.literal(1),
  seed: z.string(),
  startedAt: z.number(),
  lastIds: z.object({
    accounts: z.int(),
    members: z.int(),
    departments: z.int(),
    pipelines: z.int(),
    stages: z.int(),
    jobs: z.int(),
    candidates: z.int(),
    tokens: z.int(),
    oauthApps: z.int().default(firstIds.oauthApps),
    oauthCodes: z.int().default(firstIds.oauthCodes),
    oauthGrants: z.int().default(firstIds.oauthGrants),
    oauthTokens: z.int().default(firstIds.oauthTokens),
  }),
  // A file from before a switch existed has its default.
  switches: z
    .record(z.string(), z.unknown())
    .transform(saved => switchesSchema.parse({ ...defaultSwitches, ...saved })),
  partnerClientIds: z.array(z.string()),
  accounts: z.array(accountSchema),
  members: z.array(memberSchema),
  departments: z.array(departmentSchema),
  pipelines: z.array(pipelineSchema),
  jobs: z.array(jobSchema),
  candidates: z.array(candidateSchema),
  tokens: z.array(tokenSchema),
  oauthApps: z.array(oauthAppSchema).default([]),
  oauthCodes: z.array(oauthCodeSchema).default([]),
  oauthGrants: z.array(oauthGrantSchema).default([]),
  oauthTokens: z.array(oauthTokenSchema).default([]),
})

type SavedState = z.infer<typeof savedStateSchema>

/** One kind of record by internal id, in ascending order of id. */
export type Table<T> = Map<number, T>

/** The state as it is worked with. */
export type State = {
  seed: string
  startedAt: number
  lastIds: SavedState['lastIds']
  switches: Switches
  partnerClientIds: string[]
  accounts: Table<Account>
  members: Table<Member>
  departments: Table<Department>
  pipelines: Table<Pipeline>
  jobs: Table<Job>
  candidates: Table<Candidate>
  tokens: Table<Token>
  oauthApps: Table<OauthApp>
  oauthCodes: Table<OauthCode>
  oauthGrants: Table<OauthGrant>
  oauthTokens: Table<OauthToken>
}

/** A state without a single account. `now` is when it starts, in ms since 1970. */
export function emptyState(seed: string, now: number): State {
  return {
    seed,
    startedAt: now,
    lastIds: { ...firstIds },
    switches: { ...defaultSwitches },
    partnerClientIds: [],
    accounts: new Map(),
    members: new Map(),
    departments: new Map(),
    pipelines: new Map(),
    jobs: new Map(),
    candidates: new Map(),
    tokens: new Map(),
    oauthApps: new Map(),
    oauthCodes: new Map(),
    oauthGrants: new Map(),
    oauthTokens: new Map(),
  }
}

/** The next internal id of a kind; `stages` are counted over all pipelines. */
export function nextId(state: State, kind: keyof State['lastIds']): number {
  state.lastIds[kind] += 1
  return state.lastIds[kind]
}

/** Puts a record into its table and returns it. */
export function keep<T extends { id: number }>(table: Table<T>, record: T): T {
  table.set(record.id, record)
  return record
}

/** The state in its form for the file. */
export function toSaved(state: State): SavedState {
  return {
    version: 1,
    seed: state.seed,
    startedAt: state.startedAt,
    lastIds: state.lastIds,
    switches: state.switches,
    partnerClientIds: state.partnerClientIds,
    accounts: [...state.accounts.values()],
    members: [...state.members.values()],
    departments: [...state.departments.values()],
    pipelines: [...state.pipelines.values()],
    jobs: [...state.jobs.values()],
    candidates: [...state.candidates.values()],
    tokens: [...state.tokens.values()],
    oauthApps: [...state.oauthApps.values()],
    oauthCodes: [...state.oauthCodes.values()],
    oauthGrants: [...state.oauthGrants.values()],
    oauthTokens: [...state.oauthTokens.values()],
  }
}

/** The state from its form in the file. */
export function fromSaved(saved: SavedState): State {
  return {
    ...saved,
    accounts: byId(saved.accounts),
    members: byId(saved.members),
    departments: byId(saved.departments),
    pipelines: byId(saved.pipelines),
    jobs: byId(saved.jobs),
    candidates: byId(saved.candidates),
    tokens: byId(saved.tokens),
    oauthApps: byId(saved.oauthApps),
    oauthCodes: byId(saved.oauthCodes),
    oauthGrants: byId(saved.oauthGrants),
    oauthTokens: byId(saved.oauthTokens),
  }
}

function byId<T extends { id: number }>(records: readonly T[]): Table<T> {
  return new Map(records.map(record => [record.id, record]))
}
