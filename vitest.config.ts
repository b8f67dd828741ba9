import path from 'node:path'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: { alias: { 'server-only': path.resolve('scripts/vitest/empty.ts') } },
  test: {
    include: ['{app,components,lib,scripts}/**/*.test.{ts,tsx}', '*.test.ts'],
    globalSetup: ['scripts/vitest/cluster.ts'],
    setupFiles: ['scripts/vitest/each-file.ts'],
    restoreMocks: true,
    testTimeout: 15_000,
    hookTimeout: 30_000,
  },
})
