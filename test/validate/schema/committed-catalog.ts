// The catalog as committed, for tests.

import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { openCatalog, type SchemaCatalog } from '../../../generator/validate/schema/catalog.ts'

export function readCommitted(name: string): string | undefined {
  const file = path.resolve('schemas', name)
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}

export function committedCatalog(): SchemaCatalog {
  return openCatalog(readCommitted)
}
