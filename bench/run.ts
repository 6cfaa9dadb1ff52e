/** `npm run bench -- <name>`: runs one benchmark, prints its findings, exits 1 when a bar is missed. */
import { resolve } from 'node:path'
import { build } from 'esbuild'
import { misses, print, type Finding } from './pairs.ts'

const name = process.argv[2]
if (!name || !/^[a-z-]+$/.test(name)) {
  console.error('usage: npm run bench -- <name>, for example: npm run bench -- routing')
  process.exit(2)
}

type Benchmark = { measure: (report: (finding: Finding) => void) => void | Promise<void> }
/**
 * What is measured in this very process, rather than in the built server, is bundled as that one is: the loader of sources names
 * each closure at run time, which costs a hot path some 8 %.
 */
const inProcess: ReadonlySet<string> = new Set(['routing', 'policy-day'])
const bundled = async (): Promise<string> => {
  const outfile = resolve(import.meta.dirname, `../dist/bench/${name}.js`)
  await build({ entryPoints: [resolve(import.meta.dirname, `${name}.bench.ts`)], outfile, bundle: true, format: 'esm', platform: 'node', target: 'node20.19', logLevel: 'warning' })
  return outfile
}

const { measure } = (await import(inProcess.has(name) ? await bundled() : `./${name}.bench.ts`)) as Benchmark
const missed: string[] = []
await measure((finding) => {
  print(finding)
  if (misses(finding)) missed.push(finding.name)
})
console.log(missed.length === 0 ? '\nEvery bar holds.' : `\nMissed: ${missed.join('; ')}`)
process.exit(missed.length === 0 ? 0 : 1)
