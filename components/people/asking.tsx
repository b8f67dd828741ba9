import { Callout } from '#components/ui/callout.tsx'
import type { Say } from '#lib/views.ts'

/** What every question about people ends with. */
export type Asking = {
  say: Say
  /** The page that the dialog lies over. */
  base: string
  /** The sign-in is older than 15 minutes. */
  asksPassword: boolean
  value: (name: string) => string
  error: (name: string) => string | undefined
}

/** What is wrong with the act as a whole, such as that the last owner would be gone. */
export function WholeProblem({ error }: Asking) {
  const text = error('')
  return text ? <Callout tone="bad" role="alert" title={text} /> : null
}
