import { inject } from 'vitest'
import { openClone, openEmpty, type TestDatabase } from './cluster.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The control database of the run's cluster (global-setup.ts). */
    controlUrl: string
  }
}

/** A migrated database of this test's own. Only in `*.integration.test.ts`, for whose run global-setup.ts starts a cluster. */
export const openTestDatabase = (): Promise<TestDatabase> => openClone(inject('controlUrl'))

/** An empty database of this test's own, for tests of the migrations themselves. */
export const openEmptyDatabase = (locale?: string): Promise<TestDatabase> => openEmpty(inject('controlUrl'), locale)
