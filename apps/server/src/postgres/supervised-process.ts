/** A process that uses the embedded server until it is told to stop: tests kill it. Arguments: the folder. */
import { startEmbedded } from './supervisor.ts'

const write = (text: string) => void process.stdout.write(`${text}\n`)
const [folder] = process.argv.slice(2)
if (folder === undefined) throw new Error('Name the folder')

const logger = { info: () => undefined, warn: () => undefined, error: write }
const embedded = await startEmbedded({ folder, logger })
process.on('SIGTERM', () => void embedded.stop().then(() => process.exit(0)))
// Something must keep the process alive: the watch over the server does not.
setInterval(() => undefined, 60_000)
write(`ready ${embedded.adopted ? 'adopted' : 'started'}`)
