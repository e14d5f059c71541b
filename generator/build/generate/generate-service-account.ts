// The ServiceAccount of Google's workload identity.
// Follows api/internal/builtins/IAMPolicyGenerator.go and api/filters/iampolicygenerator.

import { child } from '../../manifest/pointer.ts'
import { newMap } from '../../merge/mutable.ts'
import { placing, refuse } from '../build-fault.ts'
import { BuildResource, type ReadFrom } from '../build-resource.ts'
import { readObjects } from '../read-resources.ts'

export interface ServiceAccountArgs {
  readonly cloud?: string
  readonly kubernetesService?: { readonly name?: string; readonly namespace?: string }
  readonly serviceAccount?: { readonly name?: string; readonly projectId?: string }
}

export function generateServiceAccount(
  { cloud = '', kubernetesService = {}, serviceAccount = {} }: ServiceAccountArgs,
  readFrom: ReadFrom,
): BuildResource {
  if (cloud !== 'gke') {
    refuse('kustomize/plugin', `cloud provider "${cloud}" not supported yet, allowed: gke`, {
      at: { ...readFrom, pointer: child(readFrom.pointer, 'cloud') },
      help: 'Write "cloud: gke".',
    })
  }
  const text = serviceAccountText(kubernetesService, serviceAccount)
  const [account] = placing(readFrom, () => readObjects(text, readFrom.file))
  return new BuildResource(account?.object ?? newMap(), readFrom, true)
}

/** Kustomize fills a text and reads it: what the values hold (a comment, a colon) counts as YAML. */
function serviceAccountText(
  { name = '', namespace = '' }: { readonly name?: string; readonly namespace?: string },
  { name: account = '', projectId = '' }: { readonly name?: string; readonly projectId?: string },
): string {
  const lines = [
    'apiVersion: v1',
    'kind: ServiceAccount',
    'metadata:',
    '  annotations:',
    `    iam.gke.io/gcp-service-account: ${account}@${projectId}.iam.gserviceaccount.com`,
    `  name: ${name}`,
  ]
  return (namespace === '' ? lines : [...lines, `  namespace: ${namespace}`]).join('\n')
}
