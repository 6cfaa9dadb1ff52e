/** The process in which one uploaded file is looked into: started for it, ended with it, killed when it takes too long. */
import type { FileExtension } from '@otklik/contract/attachment-rules'
import { inspect } from './inspect.ts'

const [path = '', extension = ''] = process.argv.slice(2)
const found = await inspect(path, extension as FileExtension)
process.send?.(found, () => process.disconnect())
