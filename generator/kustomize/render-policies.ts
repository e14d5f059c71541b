// k8s/policies: the platform's admission policies, one file each, for every cluster.

import type { FileTree } from '../manifest/file-tree.ts'
import type { YamlMap } from '../manifest/value.ts'
import { generatedFile } from './generated-file.ts'
import { kustomization } from './kustomization-file.ts'

export const policiesDirectory = 'k8s/policies'

/** @param policies name to the policy and its binding; nothing is written for none */
export function renderPolicies(
  policies: readonly { readonly name: string; readonly objects: readonly YamlMap[] }[],
): FileTree {
  if (policies.length === 0) return new Map()
  const files = policies.map(({ name, objects }) => [`${name}.yaml`, generatedFile(objects)] as const)
  return new Map([
    [
      `${policiesDirectory}/kustomization.yaml`,
      generatedFile([kustomization({ resources: files.map(([file]) => file) })]),
    ],
    ...files.map(([file, text]) => [`${policiesDirectory}/${file}`, text] as const),
  ])
}
