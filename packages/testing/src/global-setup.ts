import { readFileSync } from 'node:fs'
import type { TestProject } from 'vitest/node'
import { startTestCluster } from './cluster.ts'
import { removeAbandonedFolders } from './folder.ts'
// For its declaration of what is provided.
import type {} from './database.ts'

/** vitest's global set-up of the integration tests: one cluster per run, with a database ready for each that is asked for. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  await removeAbandonedFolders()
  const { testFiles } = await project.globTestFiles()
  const asked = testFiles.map((file) => readFileSync(file, 'utf8').split('openTestDatabase(').length - 1)
  const cluster = await startTestCluster({ clones: Math.min(40, asked.reduce((sum, count) => sum + count, 0)) })
  project.provide('controlUrl', cluster.controlUrl)
  return cluster.stop
}
