// Where secret values come from. The model holds references and ciphertext, never a value.

/** `path/in/the/store#property`, or only the path where the entry is the value. */
export type RemoteReference = string

/** Name of an environment variable (a key of the Secret) to its place in the store. */
export type SecretReferences = Readonly<Record<string, RemoteReference>>

export type SecretBackend =
  | {
      readonly type: 'external-secrets'
      readonly store: string
      readonly storeKind: 'SecretStore' | 'ClusterSecretStore'
      readonly refreshInterval: string
    }
  | { readonly type: 'sealed-secrets' }
  | { readonly type: 'existing' }

/**
 * ExternalSecrets read from a SecretStore that exists in each environment's namespace under the same name.
 * https://external-secrets.io/latest/api/externalsecret/
 */
export function externalSecrets(options: {
  readonly store: string
  readonly storeKind?: 'SecretStore' | 'ClusterSecretStore'
  /** Go duration; '1h0m0s' where absent, the form the controller writes back. */
  readonly refreshInterval?: string
}): SecretBackend {
  return { type: 'external-secrets', storeKind: 'SecretStore', refreshInterval: '1h0m0s', ...options }
}

/** SealedSecrets: each environment gives the ciphertext of every key in `sealed`. */
export function sealedSecrets(): SecretBackend {
  return { type: 'sealed-secrets' }
}

/** Secrets that someone else creates under the declared names and keys; nothing is generated. */
export function existingSecrets(): SecretBackend {
  return { type: 'existing' }
}
