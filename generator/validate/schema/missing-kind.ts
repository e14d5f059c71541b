// What to say of a kind of a built-in group that a Kubernetes version does not serve: not yet, elsewhere, or misspelt.

import { suggest } from '../../diagnostics/suggest.ts'
import { groupOf, type Resource } from '../../manifest/resource.ts'
import type { SchemaCatalog } from './catalog.ts'
import type { VersionSchemas } from './version-schemas.ts'
import { compareVersions } from './versions.ts'
import type { RawFinding } from './walk.ts'

/** A kind of a built-in group that the version does not serve: never a custom resource somebody else has the schema of. */
export function missingKind(
  resource: Resource,
  version: VersionSchemas,
  catalog: SchemaCatalog,
): RawFinding | undefined {
  const { apiVersion, kind } = resource
  const group = groupOf(apiVersion)
  if (group === '' && !/^v\d/.test(apiVersion)) return notAnApiVersion(apiVersion, version)
  const groupKinds = [...version.kinds.keys()].filter(key => groupOf(key.split(' ')[0] ?? '') === group)
  const later = catalog.versions.find(
    other => compareVersions(other, version.version) > 0 && catalog.version(other).kinds.has(`${apiVersion} ${kind}`),
  )
  if (later !== undefined) {
    return {
      code: 'schema/unknown-kind',
      pointer: '/apiVersion',
      message: `${apiVersion} ${kind} does not exist in Kubernetes ${version.version}; it exists since ${later}`,
      help: `Use what ${version.version} serves, or declare the cluster's version if it is newer.`,
    }
  }
  if (groupKinds.length === 0) return undefined
  const sameKind = groupKinds.filter(key => key.endsWith(` ${kind}`)).map(key => key.split(' ')[0] ?? '')
  if (sameKind.length > 0) {
    return {
      code: 'schema/unknown-kind',
      pointer: '/apiVersion',
      message: `Kubernetes ${version.version} serves no "${apiVersion}" of ${kind}, allowed: ${sameKind.join(', ')}`,
      help: `Write apiVersion: ${sameKind[0] ?? ''}.`,
    }
  }
  const near = suggest(
    kind,
    groupKinds.map(key => key.split(' ')[1] ?? ''),
  )
  return {
    code: 'schema/unknown-kind',
    pointer: '/kind',
    message: `${groupName(group)} has no kind "${kind}"${near === undefined ? '' : `, did you mean "${near}"?`}`,
    help: elsewhere(kind, version) ?? 'Correct the kind or its apiVersion.',
  }
}

/** No slash and no version: a group on its own (`apps`). Anything else (`builtin` of Kustomize) is nobody's API. */
function notAnApiVersion(apiVersion: string, version: VersionSchemas): RawFinding | undefined {
  const versions = [...new Set([...version.kinds.keys()].map(key => key.split(' ')[0] ?? ''))]
  const meant = versions.filter(candidate => groupOf(candidate) === apiVersion)
  if (meant.length === 0) return undefined
  return {
    code: 'schema/unknown-kind',
    pointer: '/apiVersion',
    message: `"${apiVersion}" is an API group without a version, allowed: ${meant.join(', ')}`,
    help: `Write apiVersion: ${meant[0] ?? ''}.`,
  }
}

function groupName(group: string): string {
  return group === '' ? 'the core API (v1)' : `the API group "${group}"`
}

/** The apiVersion a kind really has, when only the group is wrong (`v1 Deployment`). */
function elsewhere(kind: string, version: VersionSchemas): string | undefined {
  const found = [...version.kinds.keys()].find(key => key.endsWith(` ${kind}`))
  return found === undefined ? undefined : `Write apiVersion: ${found.split(' ')[0] ?? ''}.`
}
