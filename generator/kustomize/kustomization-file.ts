// The kustomization.yaml of a generated directory.
// https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/

import type { YamlMap, YamlValue } from '../manifest/value.ts'

export interface KustomizationFields {
  readonly namespace?: string
  readonly resources: readonly string[]
  readonly patches?: readonly PatchReference[]
  readonly images?: readonly ImageVersion[]
}

/** A patch file; strategic merge patches name their object inside, JSON patches need a target. */
export interface PatchReference {
  readonly path: string
  readonly target?: { readonly group?: string; readonly version: string; readonly kind: string; readonly name: string }
}

export type ImageVersion = { readonly name: string } & ({ readonly newTag: string } | { readonly digest: string })

export function kustomization({ namespace, resources, patches = [], images = [] }: KustomizationFields): YamlMap {
  return {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    ...(namespace === undefined ? {} : { namespace }),
    resources: [...resources],
    ...(patches.length === 0 ? {} : { patches: patches as unknown as YamlValue }),
    ...(images.length === 0 ? {} : { images: images as unknown as YamlValue }),
  }
}
