import { z } from 'zod'
import { scopes } from './scopes.ts'

/** Internal ids are whole numbers, ascending in the order of making; `ids.ts` gives the outward form. Times are ms since 1970. */
const id = z.int().positive()
const time = z.number()

export const accountSchema = z.object({
  id,
  subdomain: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  summary: z.string().nullable(),
  websiteUrl: z.string().nullable(),
  suspended: z.boolean(),
  createdAt: time,
})

export const memberRoles = ['admin', 'simple', 'reviewer', 'no_access'] as const

export const memberSchema = z.object({
  id,
  accountId: id,
  name: z.string(),
  headline: z.string().nullable(),
  email: z.string(),
  role: z.enum(memberRoles),
  active: z.boolean(),
})

export const departmentSchema = z.object({ id, accountId: id, name: z.string() })

export const stageKinds = [
  'sourced',
  'applied',
  'shortlisted',
  'phone-screen',
  'assessment',
  'interview',
  'offer',
  'hired',
] as const

const stageSchema = z.object({ id, slug: z.string(), name: z.string(), kind: z.enum(stageKinds) })

export const pipelineSchema = z.object({
  id,
  accountId: id,
  isDefault: z.boolean(),
  stages: z.tuple([stageSchema], stageSchema),
})

export const jobStates = ['draft', 'published', 'closed', 'archived'] as const

export const placeSchema = z.object({
  city: z.string(),
  region: z.string().nullable(),
  country: z.string(),
  countryCode: z.string(),
  coords: z.string(),
})

export const jobSchema = z.object({
  id,
  accountId: id,
  shortcode: z.string(),
  title: z.string(),
  code: z.string().nullable(),
  state: z.enum(jobStates),
  sample: z.boolean(),
  confidential: z.boolean(),
  departmentId: id.nullable(),
  pipelineId: id,
  place: placeSchema,
  workplace: z.enum(['on_site', 'hybrid', 'remote']),
  employmentType: z.string().nullable(),
  salary: z.object({ from: z.number(), to: z.number(), currency: z.string() }).nullable(),
  team: z.array(
    z.object({ memberId: id, role: z.enum(['admin', 'hiring_manager', 'recruiter', 'reviewer']) }),
  ),
  createdAt: time,
  updatedAt: time,
})

export const candidateSchema = z.object({
  id,
  accountId: id,
  jobId: id,
  stageId: id,
  firstname: z.string(),
  lastname: z.string(),
  headline: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  address: z.string().nullable(),
  sourced: z.boolean(),
  outlet: z.enum(['SPI', 'employee_portal']).nullable(),
  domain: z.string().nullable(),
  source: z.object({ name: z.string(), category: z.string() }).nullable(),
  tags: z.array(z.string()),
  resume: z.boolean(),
  disqualified: z.object({ at: time, reason: z.string().nullable(), withdrew: z.boolean() }).nullable(),
  offeredAt: time.nullable(),
  hiredAt: time.nullable(),
  createdAt: time,
  updatedAt: time,
})

export const tokenSchema = z.object({
  id,
  accountId: id,
  memberId: id.nullable(),
  name: z.string(),
  /** Kept as it is, not hashed: Workable signs webhooks with it. It stays in this file and in the page that shows it once. */
  value: z.string(),
  scopes: z.array(z.enum(scopes)),
  createdAt: time,
  expiresAt: time.nullable(),
  revokedAt: time.nullable(),
  lastUsedAt: time.nullable(),
})

export type Account = z.infer<typeof accountSchema>
export type Member = z.infer<typeof memberSchema>
export type Department = z.infer<typeof departmentSchema>
export type Stage = z.infer<typeof stageSchema>
export type Pipeline = z.infer<typeof pipelineSchema>
export type Place = z.infer<typeof placeSchema>
export type Job = z.infer<typeof jobSchema>
export type Candidate = z.infer<typeof candidateSchema>
export type Token = z.infer<typeof tokenSchema>
