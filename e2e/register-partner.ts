import { z } from 'zod'
import type { Sandbox } from './sandbox.ts'
import { noteSecret } from './secrets.ts'

const client = z.object({ client_id: z.string(), client_secret: z.string() })

/** Registers the partner at the sandbox, with the redirect URI that the screen shows. */
export async function registerPartner(sandbox: Sandbox, redirectUri: string) {
  const wish = { name: 'Brightside People', redirect_uris: [redirectUri] }
  const made = client.parse(await sandbox.control('/oauth/clients', 'POST', wish))
  noteSecret(made.client_secret)
  return made
}
