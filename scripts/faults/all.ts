import { clocks } from './clocks.ts'
import { databaseAway } from './database-away.ts'
import { disconnect } from './disconnect.ts'
import { herd } from './herd.ts'
import { killed } from './killed.ts'
import { lostAnswers } from './lost-answers.ts'
import { model } from './model.ts'
import { oddAnswers } from './odd-answers.ts'
import { outage } from './outage.ts'
import { rollingDeploy } from './rolling-deploy.ts'
import { sameExpiry } from './same-expiry.ts'
import { slowNeighbours } from './slow-neighbours.ts'
import type { Fault } from './table.ts'
import { takenBack } from './taken-back.ts'
import { toldToEnd } from './told-to-end.ts'
import { twoWindows } from './two-windows.ts'
import { wrongSecret } from './wrong-secret.ts'

/** Every fault that is tried, in the order of `security.md` 6. */
export const faults: readonly Fault[] = [
  herd,
  lostAnswers,
  ...killed,
  databaseAway,
  outage,
  oddAnswers,
  slowNeighbours,
  wrongSecret,
  clocks,
  takenBack,
  disconnect,
  toldToEnd,
  rollingDeploy,
  sameExpiry,
  twoWindows,
  model,
]
