// The admission policies of a repository apply to every environment, wherever they are synced from: `k8s/policies`, and whatever
// else of this run renders them.

import type { Builder } from '../build/build-kustomization.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { FileTree } from '../manifest/file-tree.ts'
import { groupOf, resourceKey, type Resource } from '../manifest/resource.ts'
import type { CheckSet } from './check-sets.ts'
import { kustomizationFile } from './find-targets.ts'

export const policiesDirectory = 'k8s/policies'

export interface WithPolicies {
  readonly sets: readonly CheckSet[]
  readonly diagnostics: readonly Diagnostic[]
}

/** The sets, each knowing the policies that the others render. */
export function withAdmissionPolicies(sets: readonly CheckSet[], tree: FileTree, builder: Builder): WithPolicies {
  const built =
    kustomizationFile(tree, policiesDirectory) === undefined
      ? { value: [], diagnostics: [] }
      : builder.build(policiesDirectory)
  const rendered = sets.flatMap(({ resources }) => resources).filter(isAdmissionPolicy)
  const shared = [...new Map([...rendered, ...built.value].map(one => [resourceKey(one), one] as const)).values()]
  if (shared.length === 0) return { sets, diagnostics: built.diagnostics }
  return { sets: sets.map(set => withShared(set, shared)), diagnostics: built.diagnostics }
}

function withShared({ resources, profile }: CheckSet, shared: readonly Resource[]): CheckSet {
  const declared = profile.admissionObjects ?? []
  const known = new Set(declared.map(resourceKey))
  return {
    resources,
    profile: { ...profile, admissionObjects: [...declared, ...shared.filter(one => !known.has(resourceKey(one)))] },
  }
}

function isAdmissionPolicy({ apiVersion, kind }: Resource): boolean {
  return groupOf(apiVersion) === 'admissionregistration.k8s.io' && kind.startsWith('ValidatingAdmissionPolicy')
}
