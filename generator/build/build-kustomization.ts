// `kustomize build` inside the process: a kustomization directory of a FileTree to rendered objects.
// Contract only for now; see build/ for the transformers as they land.

import type { Result } from '../diagnostics/diagnostic.ts'
import type { FileTree } from '../manifest/file-tree.ts'
import type { Resource } from '../manifest/resource.ts'

export interface BuildOptions {
  /** `--load-restrictor`; root-only where absent. */
  readonly loadRestrictor?: 'LoadRestrictionsRootOnly' | 'LoadRestrictionsNone'
  /** `--reorder`; kustomize's default, `legacy`, unless the kustomization's sortOptions say otherwise. */
  readonly reorder?: 'legacy' | 'none'
}

/** Builds one directory (path relative to the tree's root; '.' is the root). The value is empty where there are errors. */
export type BuildKustomization = (
  tree: FileTree,
  directory: string,
  options?: BuildOptions,
) => Result<readonly Resource[]>
