import { startBenchApp } from './bench/app.ts'
import { type Figure, printFigures } from './bench/measure.ts'

process.stdout.write('Building, starting a PostgreSQL and an app of their own …\n')
const app = await startBenchApp()
try {
  // Read only now: what seeds reads the configuration, which the app has just set.
  const { auditFigure, positionsFigure } = await import('./bench/lists.ts')
  const { wizardFigures } = await import('./bench/wizard.ts')
  const { callbackFigures } = await import('./bench/callback.ts')
  const { strangersFigure } = await import('./bench/strangers.ts')
  const { refreshFigures } = await import('./bench/refresh.ts')
  const { simultaneousFigures } = await import('./bench/simultaneous.ts')
  const { sealFigure } = await import('./bench/sealing.ts')
  const { backupFigures } = await import('./bench/backup.ts')
  const { rewrapFigures } = await import('./bench/rewrap.ts')
  const figures: Figure[] = []
  figures.push(await positionsFigure(app))
  figures.push(...(await wizardFigures(app)))
  figures.push(await auditFigure(app))
  figures.push(...(await callbackFigures(app)))
  figures.push(await strangersFigure(app))
  figures.push(...(await refreshFigures(app)))
  figures.push(...(await simultaneousFigures(app)))
  figures.push(await sealFigure())
  figures.push(...(await backupFigures()))
  figures.push(...(await rewrapFigures(app)))
  process.exitCode = printFigures(figures) ? 0 : 1
} finally {
  await app.stop()
}
