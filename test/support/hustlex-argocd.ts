// A platform like HustleX, small: what the Argo CD tests emit and simulate with.

import type { ArgoCdEnvironment, ArgoCdInput } from '../../generator/argocd/argocd-input.ts'
import { parseYaml } from '../../generator/manifest/parse-yaml.ts'
import { toResource, type Resource } from '../../generator/manifest/resource.ts'

/** Objects of a YAML text, as a file would hold them. */
export function resourcesOf(yaml: string, file = 'test.yaml'): readonly Resource[] {
  const { value, diagnostics } = parseYaml(yaml, file)
  if (diagnostics.length > 0) throw new Error(diagnostics.map(found => found.message).join('\n'))
  return value.map(document => {
    const resource = toResource(document.value, { file, document: document.document })
    if (resource === undefined) throw new Error(`document ${document.document} of ${file} is not an object`)
    return resource
  })
}

const objects = (namespace: string): string => `
apiVersion: v1
kind: Namespace
metadata: { name: ${namespace} }
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: hustlex-api, namespace: ${namespace} }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: hustlex-config, namespace: ${namespace} }
data: { LOG_LEVEL: info }
---
apiVersion: v1
kind: Service
metadata: { name: hustlex-api, namespace: ${namespace} }
spec: { selector: { app: hustlex-api }, ports: [{ port: 80, targetPort: 8080 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: hustlex-api, namespace: ${namespace} }
spec:
  replicas: 5
  selector: { matchLabels: { app: hustlex-api } }
  template:
    metadata: { labels: { app: hustlex-api } }
    spec: { containers: [{ name: api, image: 'hustlex/api:1.0.0' }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: hustlex-worker, namespace: ${namespace} }
spec:
  replicas: 2
  selector: { matchLabels: { app: hustlex-worker } }
  template:
    metadata: { labels: { app: hustlex-worker } }
    spec: { containers: [{ name: worker, image: 'hustlex/worker:1.0.0' }] }
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: postgres, namespace: ${namespace} }
spec: { serviceName: postgres, selector: { matchLabels: { app: postgres } }, template: { metadata: { labels: { app: postgres } }, spec: { containers: [{ name: postgres, image: 'postgres:16-alpine' }] } } }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny, namespace: ${namespace} }
spec: { podSelector: {}, policyTypes: [Ingress, Egress] }
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: hustlex-secrets, namespace: ${namespace} }
spec: { secretStoreRef: { kind: ClusterSecretStore, name: vault }, target: { name: hustlex-secrets } }
`

const autoscaler = (namespace: string): string => `
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: hustlex-api-hpa, namespace: ${namespace} }
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: hustlex-api }
  minReplicas: 3
  maxReplicas: 20
`

export const staging: ArgoCdEnvironment = {
  name: 'staging',
  production: false,
  targetRevision: 'refs/heads/main',
  path: 'k8s/overlays/staging',
  cluster: { server: 'https://kubernetes.default.svc' },
  namespace: 'hustlex-staging',
  resources: resourcesOf(objects('hustlex-staging')),
  inputs: ['k8s/base', 'k8s/overlays/staging'],
}

export const production: ArgoCdEnvironment = {
  name: 'production',
  production: true,
  targetRevision: 'refs/tags/v1.0.0',
  path: 'k8s/overlays/production',
  cluster: { name: 'production' },
  namespace: 'hustlex',
  resources: resourcesOf(objects('hustlex') + autoscaler('hustlex')),
  inputs: ['k8s/base', 'k8s/overlays/production'],
}

export const hustlex: ArgoCdInput = {
  platform: 'hustlex',
  repoURL: 'https://github.com/hustlex/gitops.git',
  environments: [staging, production],
}
