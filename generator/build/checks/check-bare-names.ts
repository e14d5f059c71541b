// Names that stayed behind: a generated ConfigMap or Secret got a hash into its name, but a custom resource still has the bare name.
// Kustomize follows references only in the kinds it knows (manifest/name-references.ts).

import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import { child } from '../../manifest/pointer.ts'
import { nameReferences } from '../../manifest/name-references.ts'
import { isList, isMap, type YamlMap, type YamlValue } from '../../manifest/value.ts'
import type { BuildResource } from '../build-resource.ts'

const knownKinds: ReadonlySet<string> = new Set(nameReferences.flatMap(({ fields }) => fields.map(({ kind }) => kind)))

interface Renamed {
  readonly kind: string
  readonly now: string
  readonly namespace: string
}

/**
 * Findings in rendered objects.
 * @param directory the directory that renders them, as locations name it
 */
export function checkBareNames(built: readonly BuildResource[], directory: string): readonly Diagnostic[] {
  const renamed = new Map<string, Renamed>()
  for (const { memory, kind, name, namespace } of built) {
    if (!memory.needsHash) continue
    for (const former of memory.formerIds) renamed.set(`${kind}/${former.name}`, { kind, now: name, namespace })
  }
  if (renamed.size === 0) return []
  return built.flatMap((resource, index) => {
    if (knownKinds.has(resource.kind) || resource.kind === 'ConfigMap' || resource.kind === 'Secret') return []
    const at = { file: directory, document: index + 1 }
    return references(resource.object, [], '').flatMap(({ target, name, path }) => {
      const found = renamed.get(`${target}/${name}`)
      if (found === undefined || found.namespace !== resource.namespace || found.now === name) return []
      const { apiVersion, kind, name: own, namespace } = resource
      const reference = { apiVersion, kind, name: own, ...(namespace === '' ? {} : { namespace }) }
      return [
        {
          code: 'kustomize/bare-name',
          severity: 'error',
          message: `${kind} ${own} refers to ${target} "${name}", which is called "${found.now}" here`,
          at: { ...at, pointer: child('', ...path) },
          resource: reference,
          help: 'Tell kustomize of the field with "configurations" (nameReference), or set "disableNameSuffixHash: true".',
        } as const,
      ]
    })
  })
}

interface Reference {
  readonly target: 'ConfigMap' | 'Secret'
  readonly name: string
  readonly path: readonly (string | number)[]
}

/** Fields that by their own or their parent's name hold the name of a ConfigMap or Secret. */
function references(
  value: YamlValue | undefined,
  path: readonly (string | number)[],
  parent: string,
): readonly Reference[] {
  if (isList(value)) return value.flatMap((item, index) => references(item, [...path, index], parent))
  if (!isMap(value)) return []
  return Object.keys(value).flatMap(key => {
    const item = value[key]
    if (typeof item !== 'string') return references(item, [...path, key], key)
    const target = key === 'name' ? (kindBeside(value, path) ?? targetOf(parent)) : targetOf(key)
    return target === undefined ? [] : [{ target, name: item, path: [...path, key] }]
  })
}

/** `{ kind: Secret, name: … }`, but for the object's own. */
function kindBeside({ kind }: YamlMap, path: readonly (string | number)[]): Reference['target'] | undefined {
  return path.length > 0 && (kind === 'ConfigMap' || kind === 'Secret') ? kind : undefined
}

function targetOf(field: string): Reference['target'] | undefined {
  if (/^(?:\w*C|c)onfigMap(?:KeyRef|Ref|Name|Selector)?$/.test(field)) return 'ConfigMap'
  return /^(?:\w*S|s)ecret(?:KeyRef|Ref|Name)?$/.test(field) ? 'Secret' : undefined
}
