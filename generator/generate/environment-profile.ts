// The facts that checks of one environment run against, as the model declares them.

import type { Resource } from '../manifest/resource.ts'
import type { ExternalObject, Profile } from '../model/profile.ts'
import type { ResolvedPlatform } from '../model/resolve.ts'
import { declaredSecrets, secretBackendOf } from '../resources/secrets.ts'

/** @param policies the platform's admission policies and bindings, which the cluster has beside the environment */
export function environmentProfile(resolved: ResolvedPlatform, policies: readonly Resource[] = []): Profile {
  const { settings } = resolved.platform
  const kubernetes = resolved.settings?.kubernetes ?? settings.kubernetes
  return {
    ...(resolved.environment === undefined ? {} : { environment: resolved.environment }),
    production: resolved.production,
    kubernetes: typeof kubernetes === 'string' ? [kubernetes] : kubernetes,
    externalObjects: [...(settings.externalObjects ?? []), ...secretObjects(resolved)],
    ...(settings.unvalidatedKinds === undefined ? {} : { unvalidatedKinds: settings.unvalidatedKinds }),
    ...(settings.argocd === undefined ? {} : { argocd: settings.argocd }),
    ...(policies.length === 0 ? {} : { admissionObjects: policies }),
    ...settings.facts,
    installedApiGroups: [
      ...(settings.facts?.installedApiGroups ?? []),
      ...secretApiGroups(resolved),
      ...exposureApiGroups(resolved),
    ],
  }
}

/** What the secret backend needs from outside the tree: its store, or the Secrets themselves. */
function secretObjects(resolved: ResolvedPlatform): readonly ExternalObject[] {
  const backend = secretBackendOf(resolved)
  switch (backend.type) {
    case 'external-secrets':
      return [
        {
          group: 'external-secrets.io',
          kind: backend.storeKind,
          name: backend.store,
          reason: 'the store of the secret backend, set up with the cluster',
        },
      ]
    case 'existing':
      return declaredSecrets(resolved).map(({ name, references }) => ({
        kind: 'Secret',
        group: '',
        name,
        keys: Object.keys(references),
        reason: 'declared as existing by the secret backend',
      }))
    case 'sealed-secrets':
      return []
  }
}

function secretApiGroups(resolved: ResolvedPlatform): readonly string[] {
  const groups = { 'external-secrets': ['external-secrets.io'], 'sealed-secrets': ['bitnami.com'], existing: [] }
  return groups[secretBackendOf(resolved).type]
}

/** A route of the Gateway API needs the API installed: by whoever runs the Gateway it names. */
function exposureApiGroups({ components }: ResolvedPlatform): readonly string[] {
  const routed = components.some(one => one.type === 'service' && one.settings.expose?.type === 'gateway')
  return routed ? ['gateway.networking.k8s.io'] : []
}
