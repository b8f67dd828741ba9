import { runWithNode } from './with-node.mjs'

await runWithNode('scripts/upgrade.ts')
