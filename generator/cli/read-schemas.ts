// Where schemas are read from: the repository's own `schemas/crds/` first, then those this tool ships.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FileTree } from '../manifest/file-tree.ts'
import { openCatalog, type SchemaCatalog } from '../validate/schema/catalog.ts'

/** The schemas to check the objects of a repository against. */
export function readSchemas(packageRoot: string, tree?: FileTree): SchemaCatalog {
  return openCatalog(
    path => (path.startsWith('crds/') ? tree?.get(`schemas/${path}`) : undefined) ?? shipped(packageRoot, path),
  )
}

function shipped(packageRoot: string, path: string): string | undefined {
  try {
    return readFileSync(join(packageRoot, 'schemas', path), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
