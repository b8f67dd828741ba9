import { BlockList, isIP } from 'node:net'

/** Which addresses belong to proxies of ours. */
export type IsTrusted = (address: string) => boolean

/** Reads a list of addresses and networks in CIDR notation, as `TRUSTED_PROXY` has them. */
export function trustedProxies(list: readonly string[]): IsTrusted {
  const known = new BlockList()
  for (const entry of list) {
    const [host = '', bits] = entry.split('/')
    const family = isIP(host) === 6 ? 'ipv6' : 'ipv4'
    known.addSubnet(host, bits === undefined ? (family === 'ipv6' ? 128 : 32) : Number(bits), family)
  }
  return address => isIP(address) !== 0 && known.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
}

/**
 * Who really asks: the socket's peer, and only where that is a proxy of ours, the last address in `X-Forwarded-For` that is
 * not one. What a client writes in front of that list changes nothing.
 */
export function peerAddress(socketAddress: string, forwardedFor: string, isTrusted: IsTrusted): string {
  const chain = [...forwardedFor.split(',').map(part => tidy(part)), tidy(socketAddress)]
  for (let at = chain.length - 1; at >= 0; at -= 1) {
    const address = chain[at] ?? ''
    if (isIP(address) === 0) return chain[at + 1] ?? 'unknown'
    if (!isTrusted(address)) return address
  }
  return chain[0] ?? 'unknown'
}

// IPv4 within IPv6, as a socket that listens on both tells it.
const tidy = (address: string): string => address.trim().replace(/^::ffff:(?=\d+\.)/i, '')

/** The peer's address of a request that has come through `server.ts`, which is the only one to write this header. */
export const peerOf = (headers: { get(name: string): string | null }): string =>
  headers.get('x-forwarded-for') ?? 'unknown'
