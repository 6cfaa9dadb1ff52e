import { defineConfig } from 'vitest/config'
import { LongestFirst } from './vitest.sequence.ts'

const integration = '**/*.integration.test.ts'
const anywhere = ['**/node_modules/**', '**/dist/**']

/** Two projects: pure tests start at once, those of the second wait for a database cluster of the run's own. */
export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    // Modules keep no state of their own: files that share a process read them once, which takes three seconds for a server.
    isolate: false,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    retry: 0,
    // One second, which is what it waits by itself, is too short for a page that is still loading on a busy machine.
    expect: { poll: { timeout: 20_000 } },
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['packages/*/src/**/*.test.ts', 'apps/*/src/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts', 'demo/**/*.test.ts'],
          exclude: [...anywhere, integration],
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          // Processes are started here, with a database each; on a machine that others load this takes its time.
          testTimeout: 60_000,
          hookTimeout: 120_000,
          include: [integration],
          exclude: anywhere,
          globalSetup: ['packages/testing/src/global-setup.ts'],
        },
      },
    ],
  },
})
