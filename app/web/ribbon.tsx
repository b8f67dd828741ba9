import { SandboxRibbon } from '#components/shell/sandbox-ribbon.tsx'
import type { Say } from '#lib/views.ts'

/** Over every page about test data; nothing on others. */
export const ribbonFor = (say: Say, environment: 'live' | 'sandbox' | undefined) =>
  environment === 'sandbox' && (
    <SandboxRibbon title={say('app.sandbox_title')} text={say('app.sandbox_text')} />
  )
