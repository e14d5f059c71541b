// Field lists of the two Kubernetes versions without a client: which definitions and fields exist, and which are required.
// Types are not taken from here: the neighbouring versions have them exactly.

import { readFileSync } from 'node:fs'
import path from 'node:path'

/** Definition name, as the client writes it, to its fields; true where a field is required. */
export type FieldLists = ReadonlyMap<string, ReadonlyMap<string, boolean>>

/** cdk8s-plus-NN: `@schema io.k8s.api.core.v1.ServicePort#port` above each property. */
export function readCdk8s(folder: string): FieldLists {
  const text = readFileSync(path.join(folder, 'lib', 'imports', 'k8s.d.ts'), 'utf8')
  const lists = new Map<string, Map<string, boolean>>()
  for (const [, definition] of text.matchAll(/@schema ([\w.-]+)\n/g)) {
    for (const name of namesOf(definition ?? '')) lists.set(name, lists.get(name) ?? new Map<string, boolean>())
  }
  for (const [, definition, field, optional] of text.matchAll(/@schema ([\w.-]+)#(\S+)\n\s*\*\/\n\s*readonly '?[\w$-]+'?(\?)?:/g)) {
    for (const name of namesOf(definition ?? '')) {
      const fields = lists.get(name) ?? new Map<string, boolean>()
      fields.set(field ?? '', optional === undefined)
      lists.set(name, fields)
    }
  }
  return lists
}

/** `io.k8s.api.core.v1.ServicePort` to the two names a client may give it. */
function namesOf(definition: string): readonly string[] {
  const parts = definition.split('.')
  const kind = parts.at(-1)
  const version = parts.at(-2)
  const group = parts.at(-3)
  if (kind === undefined || version === undefined || group === undefined || !/^v\d/.test(version)) return []
  return [`V${version.slice(1)}${kind}`, `${capital(group)}V${version.slice(1)}${kind}`]
}

/** Fields the Pulumi package keeps from versions long gone, or spells its own way. */
const leftOvers: ReadonlySet<string> = new Set([
  'PodResourceClaim source',
  'ServiceSpec ipFamily',
  'ServiceSpec topologyKeys',
  'ObjectMeta clusterName',
  'EphemeralVolumeSource readOnly',
  'EventSeries state',
  'PersistentVolumeClaimStatus resizeStatus',
  'NetworkPolicy status',
])

/** @pulumi/kubernetes: `namespace core { namespace v1 { interface ServicePort { port: pulumi.Input<number>`. */
export function readPulumi(folder: string): FieldLists {
  const lists = new Map<string, Map<string, boolean>>()
  let group = ''
  let version = ''
  let current: { readonly kind: string; readonly fields: Map<string, boolean> } | undefined
  for (const line of readFileSync(path.join(folder, 'types', 'input.d.ts'), 'utf8').split('\n')) {
    const opened = /^(export declare| {4})\s?(?:namespace) (\w+) \{/.exec(line)
    if (opened !== null) {
      if (opened[1] === 'export declare') group = opened[2] ?? ''
      else version = opened[2] ?? ''
      continue
    }
    const started = /^ {8}interface (\w+) \{/.exec(line)
    if (started !== null) {
      current = { kind: started[1] ?? '', fields: new Map() }
      lists.set(`V${version.slice(1)}${current.kind}`, current.fields)
      lists.set(`${capital(group)}V${version.slice(1)}${current.kind}`, current.fields)
      continue
    }
    const field = /^ {12}(\w+)(\?)?: /.exec(line)
    if (field === null || current === undefined) continue
    const name = (field[1] ?? '').replace(/^x_kubernetes_/, 'x-kubernetes-').replace(/^_(ref|schema)$/, '$$$1')
    const plain = name.startsWith('x-') ? name.replaceAll('_', '-') : name
    if (!leftOvers.has(`${current.kind} ${plain}`)) current.fields.set(plain, field[2] === undefined)
  }
  return lists
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
