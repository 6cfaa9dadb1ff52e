/** The process in which one uploaded file is looked into: started for it, ended with it, killed when it takes too long. */
import type { FileExtension } from '@otklik/contract/attachment-rules'
import { inspect } from './inspect.ts'

const [path = '', extension = ''] = process.argv.slice(2)
// From here on the time is counted: what a busy machine needs to start us is not the file's fault.
process.send?.('ready')
const found = await inspect(path, extension as FileExtension)
process.send?.(found, () => process.disconnect())
