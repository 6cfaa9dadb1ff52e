/** `npm run torture -- --kills 10 --seed 1`: see packages/testing/src/torture.ts. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { torture } from '@otklik/testing/torture'

const { values } = parseArgs({ options: { kills: { type: 'string', default: '10' }, seed: { type: 'string', default: '1' } } })
const kills = Number(values.kills)
const seed = Number(values.seed)
if (!Number.isInteger(kills) || kills < 0 || !Number.isInteger(seed)) {
  console.error('Whole numbers, please: npm run torture -- --kills 10 --seed 1')
  process.exit(2)
}

const folder = mkdtempSync(join(tmpdir(), 'otklik-torture-'))
const began = performance.now()
const result = await torture({ dataFolder: join(folder, 'data'), kills, seed, log: console.log })
console.log(
  `${kills} kills, seed ${seed}: ${result.acknowledged} messages acknowledged in ${result.contacts} contacts, ` +
    `${result.faults.length} faults, ${((performance.now() - began) / 1000).toFixed(0)} s`,
)
for (const fault of result.faults.slice(0, 50)) console.log(`  ${fault}`)
if (result.faults.length > 0) console.log(`The data are kept in ${folder}`)
else rmSync(folder, { recursive: true })
process.exit(result.faults.length > 0 ? 1 : 0)
