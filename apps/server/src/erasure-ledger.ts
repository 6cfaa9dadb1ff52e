/**
 * Who was erased, one id a line, beside the database: a backup that is restored knows nothing of later erasures, and this
 * file stays. It says nothing about anybody.
 */
import { mkdir, open, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { CustomerId } from '@otklik/model/ids'
import type { ErasureLedger } from './actions/erase-customer.ts'

const isId = (line: string): line is CustomerId => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(line)

export const createErasureLedger = (path: string): ErasureLedger => ({
  async note(ids) {
    await mkdir(dirname(path), { recursive: true })
    const file = await open(path, 'a', 0o600)
    try {
      // A line of its own, whatever a server that was killed has left unfinished.
      await file.appendFile(`\n${ids.join('\n')}\n`)
      await file.datasync()
    } finally {
      await file.close()
    }
  },
  async read() {
    const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return ''
      throw error
    })
    return [...new Set(text.split('\n').filter(isId))]
  },
})
