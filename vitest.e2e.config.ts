import { defineConfig } from 'vitest/config'

/** The whole app in a real browser: `CHROMIUM` names its executable, scripts/test.mjs finds it on the path. */
export default defineConfig({
  test: {
    include: ['test/e2e/**/*.test.ts'],
    testTimeout: 600_000,
    hookTimeout: 300_000,
    fileParallelism: false,
    // A busy machine is not a failure: a condition may take its time.
    expect: { poll: { timeout: 60_000 } },
  },
})
