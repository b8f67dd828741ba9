import { type LookupAddress, lookup } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'

/** An address that a name resolved to, as `node:dns` gives it. */
export type Address = { address: string; family: number }
export type Resolver = (hostname: string, done: (error: Error | null, addresses: Address[]) => void) => void

/** Everything of IPv4 that is not the public internet: IANA's special-purpose registry (RFC 6890 and its updates). */
const notPublicV4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
]

/** Global unicast is 2000::/3; inside it these are not: IETF protocols with Teredo, documentation, 6to4. */
const publicV6 = '2000::/3'
const notPublicV6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']

const refusedV4 = networks(notPublicV4)
const globalV6 = networks([publicV6])
const refusedV6 = networks(notPublicV6)

/**
 * Makes a block list of CIDRs such as `10.1.0.0/16` or `fd00::/8`. Throws `TypeError` with the CIDR that is none.
 */
export function networks(cidrs: readonly string[]): BlockList {
  const list = new BlockList()
  for (const cidr of cidrs) {
    const [network = '', bits = ''] = cidr.split('/')
    const family = isIP(network)
    if (!family || !/^\d{1,3}$/.test(bits)) throw new TypeError(`not a network: ${cidr}`)
    list.addSubnet(network, Number(bits), family === 6 ? 'ipv6' : 'ipv4')
  }
  return list
}

/**
 * Is it an address of the public internet, or in a network that the operator allows? IPv6 outside 2000::/3 is not, so that
 * loopback, mapped IPv4, NAT64, unique local, link-local and multicast need no rule of their own.
 */
export function mayConnect({ address }: { address: string }, allowed: BlockList): boolean {
  const bare = address.split('%')[0] ?? ''
  const family = isIP(bare)
  if (family === 4) return allowed.check(bare) || !refusedV4.check(bare)
  if (family !== 6) return false
  if (allowed.check(bare, 'ipv6')) return true
  return globalV6.check(bare, 'ipv6') && !refusedV6.check(bare, 'ipv6')
}

/** The system's own look-up, hosts file included. */
export const systemResolver: Resolver = (hostname, done) =>
  lookup(hostname, { all: true }, (error, addresses: LookupAddress[]) => done(error, addresses ?? []))

/** RFC 6761: `localhost` and what lies below it are this machine, whatever a resolver says. */
export const loopbackFirst =
  (next: Resolver): Resolver =>
  (hostname, done) =>
    hostname === 'localhost' || hostname.endsWith('.localhost')
      ? done(null, [{ address: '127.0.0.1', family: 4 }])
      : next(hostname, done)

/** Where bytes are not allowed to go; known by its code. */
export const addressRefused = (): Error =>
  Object.assign(new Error('address refused'), { code: 'GANGWAY_ADDRESS_REFUSED' })

/**
 * The check stands between resolving and connecting, and the socket gets the checked addresses only: there is no second look-up
 * that could answer differently (DNS rebinding).
 */
export function checkedLookup(resolve: Resolver, permitted: (address: Address) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, (error, addresses) => {
      if (error) return callback(error, '', 0)
      const good = addresses.filter(permitted)
      const [first] = good
      if (!first) return callback(addressRefused(), '', 0)
      if (options.all) return callback(null, good)
      callback(null, first.address, first.family)
    })
  }
}
