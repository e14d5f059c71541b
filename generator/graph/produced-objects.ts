// Objects that a controller makes from a rendered one: the Secret of an ExternalSecret, of a SealedSecret, of a Certificate …
// A reference to one of them is not dangling; its keys are known where the source states them.

import { pointer } from '../manifest/pointer.ts'
import { groupOf, type Place, type Resource } from '../manifest/resource.ts'
import { asList, asMap, asString, isMap, type YamlMap } from '../manifest/value.ts'
import { isOperated, madeByOperator } from './operator-objects.ts'

export interface ProducedObject {
  readonly kind: string
  readonly namespace: string | undefined
  readonly name: string
  /** Keys of the ConfigMap or Secret; undefined: unknown before it runs. */
  readonly keys: readonly string[] | undefined
  readonly by: Resource
  /** The field of `by` that names it. */
  readonly at: Place
}

type Producer = (resource: Resource, spec: YamlMap) => readonly ProducedObject[]

const producers: ReadonlyMap<string, { readonly groups: readonly string[]; readonly produce: Producer }> = new Map([
  ['ExternalSecret', { groups: ['external-secrets.io', 'kubernetes-client.io'], produce: fromExternalSecret }],
  ['SealedSecret', { groups: ['bitnami.com'], produce: fromSealedSecret }],
  ['Certificate', { groups: ['cert-manager.io'], produce: fromCertificate }],
  ['Issuer', { groups: ['cert-manager.io'], produce: fromIssuer }],
  ['SopsSecret', { groups: ['isindir.github.com'], produce: fromSopsSecret }],
  ['VaultStaticSecret', { groups: ['secrets.hashicorp.com'], produce: fromDestination }],
  ['VaultDynamicSecret', { groups: ['secrets.hashicorp.com'], produce: fromDestination }],
  ['VaultPKISecret', { groups: ['secrets.hashicorp.com'], produce: fromDestination }],
  ['OnePasswordItem', { groups: ['onepassword.com'], produce: bySameName }],
  ['InfisicalSecret', { groups: ['secrets.infisical.com'], produce: fromInfisical }],
  ['DopplerSecret', { groups: ['secrets.doppler.com'], produce: fromDoppler }],
  ['SecretProviderClass', { groups: ['secrets-store.csi.x-k8s.io'], produce: fromSecretProviderClass }],
  ['AzureKeyVaultSecret', { groups: ['spv.no'], produce: fromAzureKeyVault }],
  ['Bundle', { groups: ['trust.cert-manager.io'], produce: fromTrustBundle }],
  ['Cluster', { groups: ['postgresql.cnpg.io'], produce: fromCnpgCluster }],
  ['StatefulSet', { groups: ['apps'], produce: fromClaimTemplates }],
  ['Ingress', { groups: ['networking.k8s.io', 'extensions'], produce: fromIngressShim }],
  ['Gateway', { groups: ['gateway.networking.k8s.io'], produce: fromGatewayShim }],
])

const nothing: readonly ProducedObject[] = []

/** What controllers will make from an object. Follows the controllers' documentation, named at each function. */
export function producedBy(resource: Resource): readonly ProducedObject[] {
  const producer = producers.get(resource.kind)
  const spec = asMap(resource.object['spec'])
  if (producer?.groups.includes(groupOf(resource.apiVersion)) === true) return producer.produce(resource, spec)
  if (!isOperated(resource) && spec['writeConnectionSecretToRef'] === undefined) return nothing
  const at = pointer('metadata', 'name')
  return [
    ...madeByOperator(resource, spec).flatMap(({ kind, name }) => secret(resource, name, at, undefined, kind)),
    ...fromConnection(resource, spec),
  ]
}

/** https://docs.crossplane.io/latest/concepts/connection-details/ */
function fromConnection(by: Resource, spec: YamlMap): readonly ProducedObject[] {
  const target = asMap(spec['writeConnectionSecretToRef'])
  const namespace = asString(target['namespace']) ?? by.namespace
  return secret(by, asString(target['name']), pointer('spec', 'writeConnectionSecretToRef', 'name')).map(made => ({
    ...made,
    namespace,
  }))
}

function secret(
  by: Resource,
  name: string | undefined,
  at: string,
  keys?: readonly string[],
  kind = 'Secret',
): readonly ProducedObject[] {
  if (name === undefined || name === '') return []
  return [{ kind, namespace: by.namespace, name, keys, by, at: { resource: by, pointer: at } }]
}

/** https://external-secrets.io/latest/api/externalsecret/: `target.name` defaults to the object's own name. */
function fromExternalSecret(by: Resource, spec: YamlMap): readonly ProducedObject[] {
  const target = asMap(spec['target'])
  if (target['creationPolicy'] === 'None') return []
  const name = asString(target['name'])
  const at = name === undefined ? pointer('metadata', 'name') : pointer('spec', 'target', 'name')
  const kind = asString(asMap(target['manifest'])['kind']) ?? 'Secret'
  return secret(by, name ?? by.name, at, externalSecretKeys(spec, target), kind)
}

/** A template replaces the fetched keys unless its mergePolicy is Merge; dataFrom and templateFrom make the keys unknown. */
function externalSecretKeys(spec: YamlMap, target: YamlMap): readonly string[] | undefined {
  const fetched = asList(spec['data']).flatMap(entry => (isMap(entry) ? (asString(entry['secretKey']) ?? []) : []))
  const template = asMap(target['template'])
  if (asList(template['templateFrom']).length > 0) return undefined
  const templated = Object.keys(asMap(template['data']))
  if (templated.length > 0 && template['mergePolicy'] !== 'Merge') return templated
  return asList(spec['dataFrom']).length > 0 ? undefined : [...fetched, ...templated]
}

/** https://github.com/bitnami-labs/sealed-secrets: the Secret has the SealedSecret's own name; `template.metadata.name` must agree. */
function fromSealedSecret(by: Resource, spec: YamlMap): readonly ProducedObject[] {
  const encrypted = Object.keys(asMap(spec['encryptedData']))
  const templated = Object.keys(asMap(asMap(spec['template'])['data']))
  return secret(by, by.name, pointer('metadata', 'name'), [...encrypted, ...templated])
}

/** https://cert-manager.io/docs/usage/certificate/: tls.crt, tls.key and, where the issuer has one, ca.crt; keystores on request. */
function fromCertificate(by: Resource, spec: YamlMap): readonly ProducedObject[] {
  const keystores = Object.keys(asMap(spec['keystores'])).flatMap(format =>
    format === 'jks' ? ['keystore.jks', 'truststore.jks'] : ['keystore.p12', 'truststore.p12'],
  )
  const extra = asList(spec['additionalOutputFormats']).length > 0 ? ['tls-combined.pem', 'key.der'] : []
  const keys = ['tls.crt', 'tls.key', 'ca.crt', ...keystores, ...extra]
  return secret(by, asString(spec['secretName']), pointer('spec', 'secretName'), keys)
}

function fromIssuer(by: Resource, spec: YamlMap): readonly ProducedObject[] {
  const name = asString(asMap(asMap(spec['acme'])['privateKeySecretRef'])['name'])
  return secret(by, name, pointer('spec', 'acme', 'privateKeySecretRef', 'name'), ['tls.key'])
}

function fromSopsSecret(by: Resource, spec: YamlMap): readonly ProducedObject[] {
  return asList(spec['secretTemplates']).flatMap((entry, index) => {
    const template = asMap(entry)
    const keys = [...Object.keys(asMap(template['data'])), ...Object.keys(asMap(template['stringData']))]
    return secret(by, asString(template['name']), pointer('spec', 'secretTemplates', index, 'name'), keys)
  })
}

/** https://developer.hashicorp.com/vault/docs/platform/k8s/vso: made only where `destination.create` is true. */
function fromDestination(by: Resource, spec: YamlMap): readonly ProducedObject[] {
  const destination = asMap(spec['destination'])
  if (destination['create'] !== true) return []
  return secret(by, asString(destination['name']), pointer('spec', 'destination', 'name'))
}

function bySameName(by: Resource): readonly ProducedObject[] {
  return secret(by, by.name, pointer('metadata', 'name'))
}

function fromInfisical(by: Resource, spec: YamlMap): readonly ProducedObject[] {
  const managed = asString(asMap(spec['managedSecretReference'])['secretName'])
  const several = asList(spec['managedKubeSecretReferences']).flatMap((entry, index) =>
    secret(
      by,
      asString(asMap(entry)['secretName']),
      pointer('spec', 'managedKubeSecretReferences', index, 'secretName'),
    ),
  )
  return [...secret(by, managed, pointer('spec', 'managedSecretReference', 'secretName')), ...several]
}

function fromDoppler(by: Resource, spec: YamlMap): readonly ProducedObject[] {
  const name = asString(asMap(spec['managedSecret'])['name'])
  return secret(by, name, pointer('spec', 'managedSecret', 'name'))
}

/** https://secrets-store-csi-driver.sigs.k8s.io/topics/sync-as-kubernetes-secret */
function fromSecretProviderClass(by: Resource, spec: YamlMap): readonly ProducedObject[] {
  return asList(spec['secretObjects']).flatMap((entry, index) => {
    const object = asMap(entry)
    const keys = asList(object['data']).flatMap(item => asString(asMap(item)['key']) ?? [])
    return secret(by, asString(object['secretName']), pointer('spec', 'secretObjects', index, 'secretName'), keys)
  })
}

function fromAzureKeyVault(by: Resource, spec: YamlMap): readonly ProducedObject[] {
  const output = asMap(asMap(spec['output'])['secret'])
  return secret(by, asString(output['name']), pointer('spec', 'output', 'secret', 'name'))
}

/** https://cert-manager.io/docs/trust/trust-manager/: one ConfigMap (or Secret) per namespace, named like the Bundle. */
function fromTrustBundle(by: Resource, spec: YamlMap): readonly ProducedObject[] {
  const target = asMap(spec['target'])
  const kinds = (['configMap', 'secret'] as const).filter(field => isMap(target[field]))
  return kinds.flatMap(field => {
    const key = asString(asMap(target[field])['key'])
    const kind = field === 'secret' ? 'Secret' : 'ConfigMap'
    return secret(by, by.name, pointer('metadata', 'name'), key === undefined ? undefined : [key], kind).map(made => ({
      ...made,
      namespace: '*',
    }))
  })
}

/** https://cloudnative-pg.io/documentation/current/applications/: `<cluster>-app` and, on request, `<cluster>-superuser`; three Services. */
function fromCnpgCluster(by: Resource): readonly ProducedObject[] {
  const at = pointer('metadata', 'name')
  return [
    ...['app', 'superuser', 'ca', 'replication', 'server'].flatMap(suffix => secret(by, `${by.name}-${suffix}`, at)),
    ...['rw', 'ro', 'r'].flatMap(suffix => secret(by, `${by.name}-${suffix}`, at, undefined, 'Service')),
  ]
}

/** https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/: `<template>-<set>-<ordinal>`. */
function fromClaimTemplates(by: Resource, spec: YamlMap): readonly ProducedObject[] {
  const replicas = typeof spec['replicas'] === 'number' ? Math.min(spec['replicas'], 100) : 1
  const start = asMap(spec['ordinals'])['start']
  const first = typeof start === 'number' ? start : 0
  return asList(spec['volumeClaimTemplates']).flatMap((entry, index) => {
    const name = asString(asMap(asMap(entry)['metadata'])['name'])
    if (name === undefined) return []
    const at = pointer('spec', 'volumeClaimTemplates', index, 'metadata', 'name')
    return Array.from({ length: replicas }, (_, ordinal) =>
      secret(by, `${name}-${by.name}-${first + ordinal}`, at, undefined, 'PersistentVolumeClaim'),
    ).flat()
  })
}

const issuerAnnotations = ['cert-manager.io/issuer', 'cert-manager.io/cluster-issuer', 'kubernetes.io/tls-acme']

/** https://cert-manager.io/docs/usage/ingress/: an annotated Ingress gets a Certificate per `tls[].secretName`. */
function fromIngressShim(by: Resource, spec: YamlMap): readonly ProducedObject[] {
  if (!isShimmed(by)) return []
  return asList(spec['tls']).flatMap((entry, index) =>
    secret(by, asString(asMap(entry)['secretName']), pointer('spec', 'tls', index, 'secretName'), [
      'tls.crt',
      'tls.key',
      'ca.crt',
    ]),
  )
}

/** https://cert-manager.io/docs/usage/gateway/ */
function fromGatewayShim(by: Resource, spec: YamlMap): readonly ProducedObject[] {
  if (!isShimmed(by)) return []
  return asList(spec['listeners']).flatMap((listener, index) =>
    asList(asMap(asMap(listener)['tls'])['certificateRefs']).flatMap((reference, position) =>
      secret(
        by,
        asString(asMap(reference)['name']),
        pointer('spec', 'listeners', index, 'tls', 'certificateRefs', position, 'name'),
        ['tls.crt', 'tls.key', 'ca.crt'],
      ),
    ),
  )
}

function isShimmed(by: Resource): boolean {
  const annotations = asMap(asMap(by.object['metadata'])['annotations'])
  return issuerAnnotations.some(name => annotations[name] !== undefined)
}
