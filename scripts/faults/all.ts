import { disconnect } from './disconnect.ts'
import { killed } from './killed.ts'
import { lostAnswers } from './lost-answers.ts'
import { oddAnswers } from './odd-answers.ts'
import { outage } from './outage.ts'
import type { Fault } from './table.ts'
import { wrongSecret } from './wrong-secret.ts'

/** Every fault that is tried, in the order of `security.md` 6. */
export const faults: readonly Fault[] = [lostAnswers, killed, outage, oddAnswers, wrongSecret, disconnect]
