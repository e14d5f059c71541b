// All supported Kubernetes versions, from the pinned packages to committed text.

import { between, reachable, withFormatsOf } from './derive-version.ts'
import { printDelta, printVersion } from './compact.ts'
import { fetchPackage } from './fetch-package.ts'
import { cdk8s, clientNode, kubernetesModels, pulumi } from './packages.ts'
import { readClientNode } from './read-client-node.ts'
import { readCdk8s, readPulumi } from './read-field-lists.ts'
import { readFacts } from './read-kubernetes-models.ts'
import { refine, relaxRequired } from './refine.ts'
import { sorted, type VersionModel } from './model.ts'

/** Version to model, oldest first. */
export function readAllVersions(): ReadonlyMap<string, VersionModel> {
  const clients = new Map(
    Object.entries(clientNode).map(([version, pinned]) => [version, readClientNode(fetchPackage(pinned))] as const),
  )
  const client = (version: string): VersionModel => {
    const model = clients.get(version)
    if (model === undefined) throw new Error(`no client for Kubernetes ${version}`)
    return model
  }
  const oldest = withFormatsOf(client('1.30'), client('1.32'))
  clients.set('1.30', oldest)
  clients.set('1.31', between(oldest, client('1.32'), readCdk8s(fetchPackage(cdk8s))))
  clients.set('1.35', between(client('1.34'), client('1.36'), readPulumi(fetchPackage(pulumi))))
  const facts = readFacts(fetchPackage(kubernetesModels))
  const ordered = sorted(clients)
  const models = relaxRequired(ordered.map(([version, model]) => reachable(refine(model, facts, version))))
  return new Map(ordered.flatMap(([version], index) => (models[index] === undefined ? [] : [[version, models[index]] as const])))
}

/** Files under schemas/, by path. */
export function buildKubernetes(versions: ReadonlyMap<string, VersionModel>): ReadonlyMap<string, string> {
  const newest = [...versions.keys()].at(-1)
  const base = newest === undefined ? undefined : versions.get(newest)
  if (newest === undefined || base === undefined) throw new Error('no versions')
  const files = new Map<string, string>()
  for (const [version, model] of versions) {
    const text = version === newest ? printVersion(version, model) : printDelta(version, model, newest, base)
    files.set(`kubernetes/${version}.json`, text)
  }
  return files
}

/** What `schemas/kubernetes/counts.json` records: how much there is of everything, per version. */
export function countKubernetes(versions: ReadonlyMap<string, VersionModel>): string {
  const counts = [...versions].map(([version, { kinds, definitions }]) => {
    const expressions = [...definitions.values()].flatMap(definition => [...definition.properties.values()])
    const count = (test: RegExp): number => expressions.filter(expression => test.test(expression)).length
    return [
      version,
      {
        kinds: kinds.size,
        definitions: definitions.size,
        fields: expressions.length,
        required: [...definitions.values()].reduce((sum, definition) => sum + definition.required.size, 0),
        enums: count(/(^|[\]}])=/),
        quantities: count(/quantity$/),
        formats: count(/(int32|int64|date-time|micro-time|byte)$/),
        intOrString: count(/int-or-string$/),
        listMaps: count(/^\[~?\w/),
      },
    ] as const
  })
  return `${JSON.stringify(Object.fromEntries(counts), null, 2)}\n`
}
