// The package as it is installed: the starter and the bundles that `npm ci` made, in a directory of the test's own.

import { cpSync, existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { directoryWith } from './temporary-directory.ts'
import { projectRoot } from './run-cli.ts'

/** Whether this checkout has bundles. */
export const prepared: boolean = existsSync(join(projectRoot, 'dist/gitops.cjs'))

/** What to add to the name of a suite that is skipped without them. */
export const skipNote: string = prepared ? '' : ' (SKIPPED: dist/ is missing, run "npm run build")'

export interface PreparedPackage {
  readonly root: string
  readonly program: string
  /** The files with compiled code that are there, sorted. */
  readonly caches: () => readonly string[]
}

/** A copy of the package, outside Git; without compiled code where `compiled` is false. */
export function preparedPackage({ compiled = true }: { readonly compiled?: boolean } = {}): PreparedPackage {
  const root = directoryWith()
  for (const path of ['bin', 'dist', 'schemas', 'package.json']) {
    cpSync(join(projectRoot, path), join(root, path), {
      recursive: true,
      filter: source => (compiled || !source.endsWith('.cache')) && !source.endsWith('dist/head'),
    })
  }
  return {
    root,
    program: join(root, 'bin/gitops.cjs'),
    caches: () =>
      readdirSync(join(root, 'dist'))
        .filter(name => name.endsWith('.cache'))
        .sort(),
  }
}
