import type { Guide } from '../contract.ts'

/** Where the values are found in Workable, step by step; compared with its help centre on the day it names. */
export const guide = {
  checkedOn: '2026-11-25',
  articleUrl:
    'https://help.workable.com/hc/en-us/articles/115015785428-Generating-revoking-access-tokens-for-Workable-s-API',
  settingsPath: '/backend/settings/integrations',
  fields: {
    subdomain: [
      { anchor: 'subdomain-address-bar', picture: 'subdomain-address-bar' },
      { anchor: 'public-pages' },
    ],
    api_key: [
      { anchor: 'profile-menu-settings', picture: 'profile-menu-settings' },
      { anchor: 'integrations-apps', picture: 'integrations-apps' },
      { anchor: 'generate-api-token', picture: 'generate-api-token', showScopes: true },
      { anchor: 'copy-once', picture: 'copy-once' },
    ],
    partner_client_id: [],
    key_expires_on: [],
  },
} as const satisfies Guide
