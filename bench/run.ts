/** `npm run bench -- <name>`: runs one benchmark, prints its findings, exits 1 when a bar is missed. */
import { misses, print, type Finding } from './pairs.ts'

const name = process.argv[2]
if (!name || !/^[a-z-]+$/.test(name)) {
  console.error('usage: npm run bench -- <name>, for example: npm run bench -- routing')
  process.exit(2)
}

type Benchmark = { measure: (report: (finding: Finding) => void) => void | Promise<void> }
const { measure } = (await import(`./${name}.bench.ts`)) as Benchmark
const missed: string[] = []
await measure((finding) => {
  print(finding)
  if (misses(finding)) missed.push(finding.name)
})
console.log(missed.length === 0 ? '\nEvery bar holds.' : `\nMissed: ${missed.join('; ')}`)
process.exit(missed.length === 0 ? 0 : 1)
