import { runWithNode } from './with-node.mjs'

await runWithNode('scripts/faults.ts')
