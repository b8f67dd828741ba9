import { describe, expect, test } from 'vitest'
import { hostSuffix, originFor, parseContext } from '#lib/ats/hosts.ts'
import { createSay } from '#lib/intl.ts'
import { type Api, AtsError } from './api.ts'
import { type Connector, checkIds, type Environment, permissionGroups } from './contract.ts'
import type { Field } from './manifest.ts'
import { connectorById, connectors, isConnectorId } from './registry.ts'

const say = createSay('en', 'UTC')
const environments: Environment[] = ['live', 'sandbox']
const canary = 'CNRY0a1b2c3d4e5f60718293a4b5c6d7e8f9'

/** What people and attackers send; each field has to give an answer to all of it. */
const hostile = [
  '',
  ' ',
  '\u0000',
  '\ufeff',
  '\u202eacme',
  '🦆'.repeat(50),
  'a'.repeat(100_000),
  '%',
  '\\',
  '../..',
  '__proto__',
  'constructor',
  '[object Object]',
  '<script>alert(1)</script>',
  "' or 1=1 --",
  'https://',
  'https://[',
  'http://a@b@c',
  'javascript:alert(1)',
  '\ud800',
  `Authorization: Bearer ${canary}`,
  `curl -H 'Authorization: Bearer ${canary}' https://x`,
  canary,
]

describe.each(Object.entries(connectors))('%s keeps the contract', (id, connector: Connector) => {
  const { manifest, guide, checks } = connector
  const has = (key: string) => say.has(`${id}.${key}`)
  const contexts = environments.map(environment => parseContext(manifest, environment))
  const secretFields = manifest.fields.filter(({ kind }) => kind === 'secret')

  test('it is found by its id', () => {
    expect(manifest.id).toBe(id)
    expect(connectorById(id)).toBe(connector)
    for (const no of ['', 'nobody', '__proto__', 'toString']) expect(isConnectorId(no)).toBe(false)
    expect(() => connectorById('nobody')).toThrow()
  })

  test('its hosts are below its own suffix, and its reserved labels are none of an account', () => {
    expect(manifest.hosts.reserved).toContain(manifest.hosts.central)
    for (const environment of environments) {
      const host = new URL(originFor(manifest, environment, manifest.hosts.central)).host
      expect(host).toBe(`${manifest.hosts.central}.${hostSuffix(manifest, environment)}`)
    }
    expect(manifest.basePath).toMatch(/^\/.*[^/]$/)
    expect(new URL(manifest.partnerProgramme.url).protocol).toBe('https:')
  })

  test('every field answers everything, and never with an exception', () => {
    for (const field of manifest.fields) {
      for (const input of hostile) {
        for (const context of contexts) answered(id, field, field.parse(input, context), input)
      }
    }
  })

  test('an understood value is understood again as it is', () => {
    for (const field of manifest.fields) {
      for (const context of contexts) {
        const parsed = hostile.map(input => field.parse(input, context)).filter(one => one.ok)
        for (const { value } of parsed) expect(field.parse(value, context)).toEqual({ ok: true, value })
      }
    }
  })

  test('an optional field may be empty, a needed one says that it is', () => {
    for (const field of manifest.fields) {
      for (const context of contexts) expect(field.parse('', context).ok, field.id).toBe(field.optional)
    }
  })

  test('no field but a secret one takes a key, or it says that it may be one', () => {
    for (const field of manifest.fields.filter(one => one.kind === 'text' && !one.optional)) {
      for (const context of contexts) {
        for (const input of [canary, `Authorization: Bearer ${canary}`])
          expect(field.parse(input, context), field.id).toMatchObject({ ok: false, conceal: true })
      }
    }
  })

  test('every field has its words, and stands on a screen that is there', () => {
    const ids = manifest.fields.map(field => field.id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(secretFields).toHaveLength(1)
    for (const { id: field, screen } of manifest.fields) {
      for (const word of ['label', 'hint', 'placeholder', 'help', 'understood'])
        expect(has(`fields.${field}.${word}`), `fields.${field}.${word}`).toBe(true)
      if (screen) expect(ids).toContain(screen)
      else expect(has(`fields.${field}.title`), `fields.${field}.title`).toBe(true)
    }
    for (const { field } of manifest.extraHeaders) expect(ids).toContain(field)
    expect(has('problems.too_long')).toBe(true)
  })

  test('what it needs gives reading, and each scope has its words', () => {
    const needed = manifest.scopes.filter(scope => scope.needed).map(scope => scope.capability)
    expect(needed).toEqual(expect.arrayContaining(['read_jobs', 'read_candidates']))
    expect(needed).not.toContain('write_candidates')
    for (const scope of manifest.scopes) expect(has(`scopes.${scope.id}`), scope.id).toBe(true)
  })

  test('it says what becomes of numbers, and in whose name', () => {
    for (const key of ['lead', 'name_title', 'name_text']) expect(has(`numbers.${key}`), key).toBe(true)
  })

  test('its permissions say what and why, and name no other scope than its own', () => {
    const scopes = new Set(manifest.scopes.map(scope => scope.id))
    for (const group of permissionGroups) {
      expect(has(`permissions.${group}.title`)).toBe(true)
      let rows = 0
      for (; has(`permissions.${group}.${rows + 1}.what`); rows += 1) {
        const row = `permissions.${group}.${rows + 1}`
        expect(has(`${row}.why`), row).toBe(true)
        if (has(`${row}.scope`)) expect(scopes).toContain(say(`${id}.${row}.scope`))
      }
      expect(rows, group).toBeGreaterThan(0)
    }
  })

  test('every step of its guide has words, old ones too, and leads where its fields are', () => {
    expect(guide.checkedOn).toMatch(/^\d{4}-\d\d-\d\d$/)
    expect(new URL(guide.articleUrl).protocol).toBe('https:')
    expect(guide.settingsPath).toMatch(/^\/[^/]/)
    expect(Object.keys(guide.fields).sort()).toEqual(manifest.fields.map(field => field.id).sort())
    for (const [field, steps] of Object.entries(guide.fields)) {
      for (const { anchor, picture } of steps) {
        for (const word of ['title', 'body', 'older', ...(picture ? ['picture'] : [])])
          expect(has(`guide.${field}.${anchor}.${word}`), `${field}.${anchor}.${word}`).toBe(true)
      }
    }
  })

  test('its doctor asks every question once, in order, and has a title for each', () => {
    expect(checks.map(check => check.id)).toEqual([...checkIds])
    for (const check of checkIds) {
      expect(has(`doctor.${check}.title`), check).toBe(true)
      if (check !== 'account') expect(has(`doctor.${check}.account_first`), check).toBe(true)
    }
  })

  test('a doctor whose ATS answers nonsense ends in a finding that has words, or in an AtsError', async () => {
    for (const status of [200, 204, 301, 400, 401, 402, 403, 404, 409, 410, 418, 422, 500, 503]) {
      for (const json of [undefined, null, [], {}, 'x', 7, { error: canary }, { error: { error: null } }]) {
        for (const check of checks) {
          const context = {
            subdomain: 'acme',
            permissions: 'read_write',
            email: 'a@example.com',
            findings: [],
          } as const
          const finding = await check.run(stub(status, json), context).catch((error: unknown) => error)
          if (finding instanceof AtsError) expect(finding.message).not.toContain(canary)
          else if (finding instanceof Error) throw finding
          else
            expect(finding).toSatisfy(
              one => worded(id, one),
              `${check.id} ${status} ${JSON.stringify(finding)}`,
            )
        }
      }
    }
  })

  test('its lists end, whatever they are told', async () => {
    for (const list of [
      connector.listJobs,
      (api: Api, cursor?: string) => connector.listCandidates(api, job, cursor),
    ]) {
      let cursor: string | undefined
      let pages = 0
      do {
        const page = await list(stub(200, endless), cursor).catch((error: unknown) => error)
        if (page instanceof AtsError) break
        if (page instanceof Error) throw page
        cursor = (page as { next?: string }).next
        pages += 1
      } while (cursor && pages < 10)
      expect(pages).toBeLessThan(10)
    }
  })
})

const job = { remoteId: '1', remoteRef: 'A' }
const origin = 'https://acme.example'
const item = { id: '1', shortcode: 'A', name: 'x' }
const endless = {
  jobs: [item],
  candidates: [item],
  members: [item],
  paging: { next: `${origin}/again?since_id=1` },
}

function stub(status: number, json: unknown): Api {
  const reply = async () => ({ status, headers: {}, json })
  return { origin, request: reply, follow: reply, rate: () => undefined }
}

function answered(id: string, field: Field, parsed: ReturnType<Field['parse']>, input: string): void {
  if (parsed.ok) {
    expect(parsed.value.length).toBeLessThanOrEqual(input.length)
    return
  }
  const values = { ...parsed.values, mail: '' }
  expect(say.has(`${id}.problems.${parsed.problem}`), parsed.problem).toBe(true)
  const sentence = say(`${id}.problems.${parsed.problem}`, values)
  expect(sentence, field.id).not.toContain('CNRY')
  expect(sentence.length).toBeLessThan(400)
}

function worded(id: string, finding: unknown): boolean {
  const {
    check,
    state,
    detail,
    values = {},
  } = finding as {
    check: string
    state: string
    detail: string
    values?: Record<string, string>
  }
  const sentence = say(`${id}.doctor.${check}.${detail}`, values)
  return say.has(`${id}.doctor.${check}.states.${state}`) && sentence !== '' && !sentence.includes('CNRY')
}
