// Secrets by reference. What is committed says where a value comes from, or holds ciphertext; never a value.

import type { Component } from '../model/component.ts'
import { datastoreSecretName, secretName } from '../model/object-names.ts'
import type { ResolvedPlatform } from '../model/resolve.ts'
import { externalSecrets, type SecretBackend, type SecretReferences } from '../model/secret-backend.ts'
import type { ModelEntry } from '../model/model-finding.ts'
import { platformLabels } from './labels.ts'
import { toData, type Draft, type WantedObject } from './wanted-object.ts'

/** A Secret the platform's pods read, by name, with its keys. */
export interface DeclaredSecret {
  readonly name: string
  readonly references: SecretReferences
  readonly entry: ModelEntry
}

/** All Secrets the platform needs: its own, then one for each datastore that wants credentials. */
export function declaredSecrets(resolved: ResolvedPlatform): readonly DeclaredSecret[] {
  const { name, settings, site } = resolved.platform
  const own: readonly DeclaredSecret[] =
    settings.secrets === undefined
      ? []
      : [{ name: secretName(name), references: settings.secrets, entry: { site, path: ['secrets'] } }]
  return [...own, ...resolved.components.flatMap(component => datastoreSecret(name, component))]
}

function datastoreSecret(platform: string, component: Component): readonly DeclaredSecret[] {
  if (component.type !== 'postgres') return []
  const at = `${platform}/${component.name}`
  const references = component.settings.secrets ?? {
    POSTGRES_DB: `${at}#database`,
    POSTGRES_PASSWORD: `${at}#password`,
    POSTGRES_USER: `${at}#username`,
  }
  return [{ name: datastoreSecretName(component), references, entry: { site: component.site, path: ['secrets'] } }]
}

/** The backend of a platform: ExternalSecrets from a SecretStore named after it, unless the model says otherwise. */
export function secretBackendOf(resolved: ResolvedPlatform): SecretBackend {
  return resolved.platform.settings.secretBackend ?? externalSecrets({ store: resolved.platform.name })
}

export function secrets(resolved: ResolvedPlatform): readonly WantedObject[] {
  const backend = secretBackendOf(resolved)
  return declaredSecrets(resolved).flatMap(secret => {
    const object = secretObject(resolved, backend, secret)
    return object === undefined
      ? []
      : [{ object: toData(object), file: 'secrets.yaml', entry: secret.entry, fields: [] }]
  })
}

function secretObject(resolved: ResolvedPlatform, backend: SecretBackend, secret: DeclaredSecret): Draft | undefined {
  const metadata = {
    name: secret.name,
    namespace: resolved.namespace,
    labels: platformLabels(resolved.platform.name),
  }
  switch (backend.type) {
    case 'external-secrets':
      return externalSecret(metadata, backend, secret)
    case 'sealed-secrets':
      return sealedSecret(resolved, metadata, secret)
    case 'existing':
      return undefined
  }
}

/**
 * Defaults that the controller writes back are spelt out, so that Argo CD sees no difference
 * (https://github.com/argoproj/argo-cd/issues/6154). The Secret outlives a deleted remote entry.
 */
function externalSecret(
  metadata: object,
  backend: Extract<SecretBackend, { type: 'external-secrets' }>,
  secret: DeclaredSecret,
): Draft {
  return {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata,
    spec: {
      refreshInterval: backend.refreshInterval,
      secretStoreRef: { kind: backend.storeKind, name: backend.store },
      target: { name: secret.name, creationPolicy: 'Owner', deletionPolicy: 'Retain' },
      data: Object.entries(secret.references)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([secretKey, reference]) => ({ secretKey, remoteRef: remoteRef(reference) })),
    },
  }
}

function remoteRef(reference: string): object {
  const [key, property] = reference.split('#')
  return {
    conversionStrategy: 'Default',
    decodingStrategy: 'None',
    key,
    metadataPolicy: 'None',
    ...(property === undefined ? {} : { property }),
  }
}

/** Ciphertext belongs to one environment: the base has none, and a sealed name and namespace cannot be changed. */
function sealedSecret(
  resolved: ResolvedPlatform,
  metadata: { readonly name: string; readonly namespace: string; readonly labels: object },
  secret: DeclaredSecret,
): Draft | undefined {
  const encryptedData = resolved.settings?.sealed?.[secret.name]
  if (encryptedData === undefined) return undefined
  return {
    apiVersion: 'bitnami.com/v1alpha1',
    kind: 'SealedSecret',
    metadata,
    spec: { encryptedData, template: { metadata: { name: metadata.name, namespace: metadata.namespace } } },
  }
}
