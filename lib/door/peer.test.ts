import { expect, test } from 'vitest'
import { peerAddress, trustedProxies } from './peer.ts'

const ours = trustedProxies(['10.0.0.0/8', '192.168.1.7', 'fd00::/8'])

test.each([
  ['a client that nobody stands before', '203.0.113.9', '', '203.0.113.9'],
  ['a client that writes the header itself', '203.0.113.9', '1.2.3.4', '203.0.113.9'],
  ['a client behind our proxy', '10.1.1.1', '203.0.113.9', '203.0.113.9'],
  ['a client behind our proxy that lies', '10.1.1.1', '1.2.3.4, 203.0.113.9', '203.0.113.9'],
  ['a client behind two of ours', '10.1.1.1', '203.0.113.9, 192.168.1.7', '203.0.113.9'],
  ['a proxy that nobody sent', '10.1.1.1', '', '10.1.1.1'],
  ['nonsense before our proxy', '10.1.1.1', '203.0.113.9, <script>', '10.1.1.1'],
  ['IPv4 within IPv6', '::ffff:10.1.1.1', '2001:db8::1', '2001:db8::1'],
  ['IPv6 throughout', 'fd00::1', '2001:db8::1', '2001:db8::1'],
])('%s is known by the right address', (_who, socket, forwarded, peer) => {
  expect(peerAddress(socket, forwarded, ours)).toBe(peer)
})

test('without proxies of ours the header counts for nothing', () => {
  expect(peerAddress('10.1.1.1', '203.0.113.9', trustedProxies([]))).toBe('10.1.1.1')
})
