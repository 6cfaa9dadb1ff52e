/**
 * Writes apps/server/src/store/schema.generated.ts: the tables' types, read from a database that was migrated for this
 * purpose. `--check` writes nothing and fails when the file is out of date. Run by tsx, because it reads TypeScript.
 *
 * As apps/server/src/postgres/value-types.ts parses them: int8 is a number, date a string, timestamptz a Date, numeric
 * and xid8 are strings.
 */
import codegen from 'kysely-codegen'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import { openClone, startTestCluster } from '../packages/testing/src/cluster.ts'

const root = resolve(import.meta.dirname, '..')
const file = resolve(root, 'apps/server/src/store/schema.generated.ts')
const isCheck = process.argv.includes('--check')

const cluster = await startTestCluster({ clones: 1 })
let text
try {
  text = await generateTypes((await openClone(cluster.controlUrl)).url)
} finally {
  await cluster.stop()
}

if (!isCheck) {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
  console.log(`${relative(root, file)} written`)
} else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
  console.error(`${relative(root, file)} is out of date: run \`npm run types\``)
  process.exitCode = 1
}

/** @param {string} connectionString */
async function generateTypes(connectionString) {
  const dialect = new codegen.PostgresDialect({ dateParser: 'string', defaultSchemas: ['public'] })
  const db = await dialect.introspector.connect({ connectionString, dialect })
  try {
    return await codegen.generate({
      db,
      dialect,
      camelCase: true,
      defaultSchemas: ['public'],
      includePattern: 'public.*',
      excludePattern: 'public.schema_migration',
      outFile: null,
      typeMapping: { int8: 'number' },
    })
  } finally {
    await db.destroy()
  }
}
