import type { Manifest } from '../manifest.ts'
import { maxKeyBytes, parseApiKey } from './api-key.ts'
import { parseExpiry, parsePartnerClientId } from './key-details.ts'
import { parseSubdomain, reserved } from './subdomain.ts'

/** Workable as its API reference describes it (SPI v3, read at v3.21): hosts, fields of a key, scopes, limits. */
export const manifest = {
  id: 'workable',
  name: 'Workable',
  monogram: 'W',
  hosts: { suffix: 'workable.com', central: 'www', reserved },
  basePath: '/spi/v3',
  ways: ['api_key', 'oauth'],
  fields: [
    { id: 'subdomain', kind: 'text', optional: false, maxBytes: 2048, parse: parseSubdomain },
    { id: 'api_key', kind: 'secret', optional: false, maxBytes: maxKeyBytes, parse: parseApiKey },
    {
      id: 'partner_client_id',
      kind: 'text',
      optional: true,
      screen: 'api_key',
      maxBytes: 1024,
      parse: parsePartnerClientId,
    },
    {
      id: 'key_expires_on',
      kind: 'date',
      optional: true,
      screen: 'api_key',
      maxBytes: 64,
      parse: parseExpiry,
    },
  ],
  scopes: [
    { id: 'r_jobs', capability: 'read_jobs', needed: true },
    { id: 'r_candidates', capability: 'read_candidates', needed: true },
    { id: 'w_candidates', capability: 'write_candidates', needed: false },
  ],
  credentialHeader: { name: 'authorization', prefix: 'Bearer ' },
  extraHeaders: [{ name: 'x-workable-client-id', field: 'partner_client_id' }],
  rateHeaders: {
    limit: 'x-rate-limit-limit',
    remaining: 'x-rate-limit-remaining',
    reset: 'x-rate-limit-reset',
  },
  limits: { requests: 10, partnerRequests: 50, windowSeconds: 10 },
  oauth: {
    authorizePath: '/oauth/authorize',
    tokenPath: '/oauth/token',
    revokePath: '/oauth/revoke',
    parameters: { resource: 'user' },
  },
  partnerProgramme: {
    url: 'https://www.workable.com/partnership-program/apply',
    mail: 'integrations@workable.com',
  },
} as const satisfies Manifest
