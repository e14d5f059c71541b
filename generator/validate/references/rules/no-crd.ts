// R14: a custom resource whose definition is neither in the tree nor installed fails the sync at its dry run, unless it carries
// SkipDryRunOnMissingResource (https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/). Needs `installedApiGroups`.

import { hint } from '../../../diagnostics/suggest.ts'
import { groupOf, type Resource } from '../../../manifest/resource.ts'
import { asMap, asString } from '../../../manifest/value.ts'
import type { Rule } from '../../rule.ts'

const builtInGroups = new Set([
  '',
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'apiregistration.k8s.io',
  'apps',
  'authentication.k8s.io',
  'authorization.k8s.io',
  'autoscaling',
  'batch',
  'certificates.k8s.io',
  'coordination.k8s.io',
  'discovery.k8s.io',
  'events.k8s.io',
  'extensions',
  'flowcontrol.apiserver.k8s.io',
  'internal.apiserver.k8s.io',
  'networking.k8s.io',
  'node.k8s.io',
  'policy',
  'rbac.authorization.k8s.io',
  'resource.k8s.io',
  'scheduling.k8s.io',
  'storage.k8s.io',
  'storagemigration.k8s.io',
])

const argoCdKinds = new Set(['Application', 'ApplicationSet', 'AppProject'])

export const noCrd: Rule = {
  code: 'reference/no-crd',
  severity: 'error',
  summary: 'Custom resources have a definition, in the tree or installed.',
  appliesIn: ({ profile }) => profile.installedApiGroups !== undefined,
  appliesTo: ({ apiVersion }) => !builtInGroups.has(groupOf(apiVersion)),
  *check(resource, { profile, resources }) {
    const group = groupOf(resource.apiVersion)
    const installed = profile.installedApiGroups
    if (installed === undefined || installed.includes(group) || skipsDryRun(resource)) return
    if (group === 'argoproj.io' && argoCdKinds.has(resource.kind)) return
    const defined = resources.ofKind('CustomResourceDefinition').some(({ object }) => {
      const spec = asMap(object['spec'])
      return spec['group'] === group && asMap(spec['names'])['kind'] === resource.kind
    })
    if (defined) return
    yield {
      at: { resource, pointer: '/apiVersion' },
      message: `no definition of "${resource.kind}" in group "${group}"${hint(group, installed)}`,
      help: 'Add the CustomResourceDefinition, declare its group in installedApiGroups, or set SkipDryRunOnMissingResource=true.',
    }
  },
}

function skipsDryRun(resource: Resource): boolean {
  const annotations = asMap(asMap(resource.object['metadata'])['annotations'])
  const options = asString(annotations['argocd.argoproj.io/sync-options']) ?? ''
  return options.split(',').some(option => option.trim() === 'SkipDryRunOnMissingResource=true')
}
