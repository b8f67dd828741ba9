import { runWithNode } from './with-node.mjs'

await runWithNode('scripts/restore.ts')
