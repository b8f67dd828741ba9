import { expect, test } from '../fixtures.ts'
import type { Person } from '../team.ts'
import { ask } from './ask.ts'
import { type Estate, newEstate } from './estate.ts'
import { fill, routes } from './routes.ts'
import { type Row, rows } from './rows.ts'

/** Somebody who tries an address with ids that are not hers; under her own workspace's address as well. */
type Attacker = { who: string; person: Person | undefined; slug: string; look: boolean }

test('A-106 every address has a row that says who may open it, and every row its address', () => {
  expect(routes.map(route => route.address)).toEqual(Object.keys(rows).sort((a, b) => a.localeCompare(b)))
})

// The defence: `findMember` (404 for strangers), `mustBeAllowed`, and in every query the workspace; for walks `readWalk`.
test('A-106 nobody opens or changes what is not hers, by any address, method or id in a body', async ({
  request,
  stack,
  product,
  sandbox,
}) => {
  test.slow()
  const [estate, elsewhere] = [await newEstate(product, sandbox), await newEstate(product, sandbox)]
  const before = await estate.snapshot()
  const attackers = attackersOf(estate, elsewhere)
  const wrong: string[] = []
  let cells = 0
  for (const { address, kind } of routes) {
    const row = rows[address]
    if (!row || row.for === 'anybody' || row.for === 'person') continue
    for (const attacker of attackers) {
      if (isNoAttack(row, attacker, address)) continue
      for (const id of idsFor(address, estate)) {
        const path = fill(address, { ...estate.holes, workspace: attacker.slug, id })
        for (const method of kind === 'page' ? pageMethods : handlerMethods) {
          const wish = { as: attacker.person, fields: withIds(row.fields, estate) }
          const response = await ask(request, stack, method, path, wish)
          cells += 1
          const { location } = response.headers()
          if (!isRefused(response.status(), location, path, method))
            wrong.push(`${attacker.who} ${method} ${path}: ${response.status()} ${location ?? ''}`)
        }
      }
    }
  }
  expect(wrong).toEqual([])
  expect(await estate.snapshot()).toBe(before)
  expect(cells).toBeGreaterThanOrEqual(500)
})

const pageMethods = ['GET', 'HEAD', 'POST']
const handlerMethods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

function attackersOf(estate: Estate, elsewhere: Estate): Attacker[] {
  const { viewer, admin } = estate.team.people
  const stranger = elsewhere.team.people.admin
  const { slug } = estate.team
  return [
    { who: 'nobody', person: undefined, slug, look: false },
    { who: "another workspace's admin", person: stranger, slug, look: false },
    { who: "another partner's owner", person: elsewhere.team.people.owner, slug, look: false },
    { who: "another workspace's admin, at home,", person: stranger, slug: elsewhere.team.slug, look: false },
    { who: 'the viewer', person: viewer, slug, look: true },
    { who: "the walker's colleague", person: admin, slug, look: true },
  ]
}

/** Cells that are no attack: whoever may open it, and one's own partner or workspace where no id of another's is in the address. */
function isNoAttack(row: Row, { who, look }: Attacker, address: string): boolean {
  if (row.for === 'partner')
    return who.startsWith("another partner's") && !/\[(mail|app|customer)\]/.test(address)
  if (row.for !== 'member') return false
  if (who.includes('at home')) return !/\[(id|receipt|member|invitation|number)\]/.test(address)
  if (who.startsWith("the walker's")) return true
  return look && row.viewer
}

function idsFor(address: string, { ids }: Estate): string[] {
  if (!address.includes('[id]')) return ['']
  return address.includes('integrations') ? [ids.connection, ids.position] : [ids.position, ids.connection]
}

const withIds = (fields: Readonly<Record<string, string>> = {}, { ids }: Estate): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      const key = value.slice(1) as keyof typeof ids
      return [name, value.startsWith('$') ? ids[key] : value]
    }),
  )

/** 401, 403, 404, 405, a way to the sign-in, or a handler's GET, which only leads back to its own screen. */
function isRefused(status: number, location: string | undefined, path: string, method: string): boolean {
  if ([401, 403, 404, 405].includes(status)) return true
  if (![303, 307].includes(status) || !location) return false
  const to = new URL(location, 'http://localhost').pathname
  if (to === '/sign-in') return true
  return (
    (method === 'GET' || method === 'HEAD') &&
    /^\/link\/[\w-]+\/[\w/-]+$/.test(to) &&
    path.startsWith(to.split('/', 3).join('/'))
  )
}
