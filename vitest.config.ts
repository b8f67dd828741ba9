import path from 'node:path'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: { alias: { 'server-only': path.resolve('scripts/vitest/empty.ts') } },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'units',
          include: ['{app,components,lib,scripts}/**/*.test.{ts,tsx}', '*.test.ts'],
          globalSetup: ['scripts/vitest/cluster.ts'],
          setupFiles: ['scripts/vitest/each-file.ts'],
          restoreMocks: true,
          // As many as the cores of the smallest machine: Vitest itself would leave one of two idle.
          maxWorkers: 2,
          testTimeout: 15_000,
          hookTimeout: 30_000,
        },
      },
      {
        extends: true,
        // Real processes, one after the other: they share ports, and two cores.
        test: {
          name: 'start',
          include: ['e2e/start/*.start.ts'],
          fileParallelism: false,
          testTimeout: 420_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
})
