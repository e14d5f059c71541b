// What the Applications of a repository say about the environment they sync: which fields Argo CD leaves alone, and how it applies.

import { ignoredFieldsOf } from './ignore-differences.ts'
import { syncOptionsOf } from './read-argocd.ts'
import { groupOf, type Resource } from '../../manifest/resource.ts'
import { asList, asMap, asString } from '../../manifest/value.ts'
import type { Profile } from '../../model/profile.ts'

/**
 * The profile with the facts that its Applications state. Unchanged where none of them syncs the directory: then nothing is
 * known, and rules that need to know say so more mildly.
 * @param resources anything that may hold Applications; others are passed over
 * @param directory the kustomization directory being checked; all Applications count where absent (files without a directory)
 */
export function withArgoCdFacts(profile: Profile, resources: readonly Resource[], directory?: string): Profile {
  const owners = resources
    .filter(({ kind, apiVersion }) => kind === 'Application' && groupOf(apiVersion) === 'argoproj.io')
    .filter(({ object }) => directory === undefined || pathsOf(object).includes(normal(directory)))
  if (owners.length === 0) return profile
  return {
    ...profile,
    ignoredFields: [...(profile.ignoredFields ?? []), ...owners.flatMap(({ object }) => ignoredFieldsOf(object))],
    argocd: {
      ...profile.argocd,
      serverSideApply: owners.every(({ object }) => syncOptionsOf(object).includes('ServerSideApply=true')),
    },
  }
}

function pathsOf(application: Resource['object']): readonly string[] {
  const spec = asMap(application['spec'])
  const sources = [spec['source'], ...asList(spec['sources'])].map(asMap)
  const hydrated = asMap(asMap(spec['sourceHydrator'])['drySource'])
  return [...sources, hydrated].flatMap(source => {
    const path = asString(source['path'])
    return path === undefined ? [] : [normal(path)]
  })
}

function normal(path: string): string {
  return path.replace(/^(?:\.\/)+/, '').replace(/\/+$/, '') || '.'
}
