import { defineConfig } from 'vitest/config'

/** The whole app in a real browser: `CHROMIUM` names its executable, scripts/test.mjs finds it on the path. */
export default defineConfig({
  test: {
    include: ['test/e2e/**/*.test.ts'],
    testTimeout: 600_000,
    hookTimeout: 120_000,
    fileParallelism: false,
  },
})
