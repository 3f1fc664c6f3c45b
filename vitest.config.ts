import { defineConfig } from 'vitest/config'

/** Kinds of tests by file name: `*.test.ts` runs every day, `*.slow.test.ts` (training, files, processes) only in the full run. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: ['test/e2e/**', 'node_modules/**', ...(process.env['NETWRIGHT_QUICK'] ? ['**/*.slow.test.*'] : [])],
    testTimeout: 600_000,
    hookTimeout: 300_000,
    maxWorkers: 2,
  },
})
