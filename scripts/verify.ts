import { verifyAll } from './checks/all.ts'

const { passed, failed } = await verifyAll()
process.stdout.write(`${passed} passed, ${failed} failed\n`)
process.exit(failed > 0 ? 1 : 0)
