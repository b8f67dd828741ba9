import { type Check, runTool } from './check.ts'

export const formatAndLint: Check = {
  name: 'format, lint and layers (Biome)',
  run: () =>
    runTool('@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '--max-diagnostics=40', '.']),
}

export const types: Check = {
  name: 'types (tsc)',
  run: async () => {
    const routes = await runTool('next/dist/bin/next', ['typegen'])
    return routes.length > 0 ? routes : runTool('typescript/bin/tsc', ['--noEmit'])
  },
}

export const unused: Check = {
  name: 'nothing unused (knip)',
  run: () => runTool('knip/bin/knip.js', ['--no-progress']),
}
