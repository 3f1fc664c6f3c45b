import { defineConfig } from 'vitest/config'

/** Kinds of tests by file name: `*.test.ts` runs every day, `*.slow.test.ts` (training, files, processes) only in the full run. */
const left = process.env['NETWRIGHT_QUICK'] ? ['**/*.slow.test.*'] : []

/** Tests of functions that keep nothing a test could see: their files share a process, so that modules are loaded once. */
const pure = 'test/{golden,shared}/**/!(*.slow).test.ts'

export default defineConfig({
  test: {
    testTimeout: 600_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    projects: [
      { extends: true, test: { name: 'pure', include: [pure], isolate: false, sequence: { groupOrder: 1 } } },
      {
        extends: true,
        test: { name: 'alone', include: ['test/**/*.test.{ts,tsx}'], exclude: ['test/e2e/**', pure, ...left] },
      },
    ],
  },
})
