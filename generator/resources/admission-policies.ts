// ValidatingAdmissionPolicies and their bindings, for the namespaces of this platform.
// https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/

import type { YamlMap } from '../manifest/value.ts'
import type { AdmissionPolicy, PolicedResource } from '../model/admission-policy.ts'
import type { Platform } from '../model/platform.ts'
import { platformLabels } from './labels.ts'
import { given, toData } from './wanted-object.ts'

const groups: Readonly<Record<PolicedResource, string>> = {
  deployments: 'apps',
  statefulsets: 'apps',
  daemonsets: 'apps',
  jobs: 'batch',
  cronjobs: 'batch',
}

/** Each policy's name and objects: the policy, then its binding. */
export function admissionPolicies({
  name,
  settings,
}: Platform): readonly { name: string; objects: readonly YamlMap[] }[] {
  return (settings.admission?.policies ?? []).map(policy => ({
    name: policy.name,
    objects: [toData(policyObject(name, policy)), toData(bindingObject(name, policy))],
  }))
}

function policyObject(platform: string, policy: AdmissionPolicy): object {
  const variables = Object.entries(policy.variables ?? {}).map(([name, expression]) => ({ name, expression }))
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name: policy.name, labels: platformLabels(platform) },
    spec: {
      failurePolicy: 'Fail',
      matchConstraints: { resourceRules: resourceRules(policy.resources) },
      ...given('variables', variables.length === 0 ? undefined : variables),
      validations: policy.validations.map(({ expression, message }) => ({ expression, message })),
    },
  }
}

function resourceRules(resources: readonly PolicedResource[]): readonly object[] {
  return ['apps', 'batch'].flatMap(group => {
    const own = resources.filter(resource => groups[resource] === group)
    return own.length === 0
      ? []
      : [{ apiGroups: [group], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: own, scope: '*' }]
  })
}

function bindingObject(platform: string, policy: AdmissionPolicy): object {
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: { name: policy.name, labels: platformLabels(platform) },
    spec: {
      policyName: policy.name,
      validationActions: [...(policy.actions ?? ['Deny'])],
      matchResources: { namespaceSelector: { matchLabels: platformLabels(platform) } },
    },
  }
}
