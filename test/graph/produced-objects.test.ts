import { describe, expect, test } from 'vitest'
import { producedBy } from '../../generator/graph/produced-objects.ts'
import { resourcesFromYaml } from '../support/resources-from-yaml.ts'

function made(apiVersion: string, kind: string, spec: string, annotations = '{}'): readonly string[] {
  const text = `{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: it, namespace: shop, annotations: ${annotations} }, spec: ${spec} }`
  return resourcesFromYaml(text)
    .flatMap(producedBy)
    .map(({ kind: of, namespace, name, keys }) => `${of} ${namespace ?? '-'}/${name} ${keys?.join(',') ?? '?'}`)
}

const eso = 'external-secrets.io/v1'

describe('what controllers make', () => {
  test.each([
    {
      name: 'RabbitmqCluster',
      found: made('rabbitmq.com/v1beta1', 'RabbitmqCluster', '{}'),
      expected: [
        'Secret shop/it-default-user ?',
        'Secret shop/it-erlang-cookie ?',
        'Service shop/it ?',
        'Service shop/it-nodes ?',
      ],
    },
    {
      name: 'MariaDB',
      found: made('k8s.mariadb.com/v1alpha1', 'MariaDB', '{}').filter(name => name.startsWith('Secret')),
      expected: ['Secret shop/it-root ?', 'Secret shop/it-password ?', 'Secret shop/it-metrics-password ?'],
    },
    {
      name: 'RedisFailover, with names before its own',
      found: made('databases.spotahome.com/v1', 'RedisFailover', '{}'),
      expected: ['Service shop/rfs-it ?', 'Service shop/rfrm-it ?', 'Service shop/rfrs-it ?'],
    },
    {
      name: 'a kind of that name in another group',
      found: made('example.com/v1', 'RabbitmqCluster', '{}'),
      expected: [],
    },
    {
      name: 'PostgresCluster, with a user of its own',
      found: made('postgres-operator.crunchydata.com/v1beta1', 'PostgresCluster', '{ users: [{ name: web }] }').filter(
        name => name.includes('pguser'),
      ),
      expected: ['Secret shop/it-pguser-web ?'],
    },
    {
      name: 'MongoDBCommunity',
      found: made(
        'mongodbcommunity.mongodb.com/v1',
        'MongoDBCommunity',
        '{ users: [{ name: web, db: admin }, { name: x, connectionStringSecretName: y }] }',
      ),
      expected: ['Service shop/it-svc ?', 'Secret shop/it-admin-web ?', 'Secret shop/y ?'],
    },
    {
      name: 'a connection Secret in a namespace of its own',
      found: made('db.example.org/v1', 'Instance', '{ writeConnectionSecretToRef: { name: c, namespace: other } }'),
      expected: ['Secret other/c ?'],
    },
    {
      name: 'a Service with a serving certificate of OpenShift',
      found: made('v1', 'Service', '{}', '{ service.beta.openshift.io/serving-cert-secret-name: tls }'),
      expected: ['Secret shop/tls ?'],
    },
    {
      name: 'a Service of Knative',
      found: made('serving.knative.dev/v1', 'Service', '{}'),
      expected: ['Service shop/it ?'],
    },
    {
      name: 'ExternalSecret, own name',
      found: made(eso, 'ExternalSecret', '{ data: [{ secretKey: a }] }'),
      expected: ['Secret shop/it a'],
    },
    {
      name: 'ExternalSecret, target name',
      found: made(eso, 'ExternalSecret', '{ target: { name: t }, data: [{ secretKey: a }] }'),
      expected: ['Secret shop/t a'],
    },
    {
      name: 'ExternalSecret, dataFrom',
      found: made(eso, 'ExternalSecret', '{ dataFrom: [{ extract: { key: x } }] }'),
      expected: ['Secret shop/it ?'],
    },
    {
      name: 'ExternalSecret, template replaces keys',
      found: made(eso, 'ExternalSecret', '{ target: { template: { data: { url: x } } }, data: [{ secretKey: a }] }'),
      expected: ['Secret shop/it url'],
    },
    {
      name: 'ExternalSecret, template merges keys',
      found: made(
        eso,
        'ExternalSecret',
        '{ target: { template: { mergePolicy: Merge, data: { url: x } } }, data: [{ secretKey: a }] }',
      ),
      expected: ['Secret shop/it a,url'],
    },
    {
      name: 'ExternalSecret, templates from elsewhere',
      found: made(
        eso,
        'ExternalSecret',
        '{ target: { template: { templateFrom: [{ configMap: { name: c } }] } }, data: [{ secretKey: a }] }',
      ),
      expected: ['Secret shop/it ?'],
    },
    {
      name: 'ExternalSecret that makes nothing',
      found: made(eso, 'ExternalSecret', '{ target: { creationPolicy: None } }'),
      expected: [],
    },
    {
      name: 'SealedSecret',
      found: made('bitnami.com/v1alpha1', 'SealedSecret', '{ encryptedData: { a: x }, template: { data: { b: y } } }'),
      expected: ['Secret shop/it a,b'],
    },
    {
      name: 'Certificate',
      found: made('cert-manager.io/v1', 'Certificate', '{ secretName: tls }'),
      expected: ['Secret shop/tls tls.crt,tls.key,ca.crt'],
    },
    {
      name: 'Ingress without an issuer',
      found: made('networking.k8s.io/v1', 'Ingress', '{ tls: [{ secretName: tls }] }'),
      expected: [],
    },
    {
      name: 'Ingress with an issuer',
      found: made('networking.k8s.io/v1', 'Ingress', '{ tls: [{ secretName: tls }] }', '{ cert-manager.io/issuer: x }'),
      expected: ['Secret shop/tls tls.crt,tls.key,ca.crt'],
    },
    {
      name: 'Vault secret without create',
      found: made('secrets.hashicorp.com/v1beta1', 'VaultStaticSecret', '{ destination: { name: d } }'),
      expected: [],
    },
    {
      name: 'Vault secret',
      found: made('secrets.hashicorp.com/v1beta1', 'VaultStaticSecret', '{ destination: { name: d, create: true } }'),
      expected: ['Secret shop/d ?'],
    },
    {
      name: 'SecretProviderClass',
      found: made(
        'secrets-store.csi.x-k8s.io/v1',
        'SecretProviderClass',
        '{ secretObjects: [{ secretName: s, data: [{ key: k }] }] }',
      ),
      expected: ['Secret shop/s k'],
    },
    {
      name: 'trust Bundle, in every namespace',
      found: made('trust.cert-manager.io/v1alpha1', 'Bundle', '{ target: { configMap: { key: ca.pem } } }'),
      expected: ['ConfigMap */it ca.pem'],
    },
    {
      name: 'StatefulSet',
      found: made(
        'apps/v1',
        'StatefulSet',
        '{ replicas: 2, ordinals: { start: 1 }, volumeClaimTemplates: [{ metadata: { name: data } }] }',
      ),
      expected: ['PersistentVolumeClaim shop/data-it-1 ?', 'PersistentVolumeClaim shop/data-it-2 ?'],
    },
    {
      name: 'a kind of another group',
      found: made('example.com/v1', 'Certificate', '{ secretName: tls }'),
      expected: [],
    },
  ])('$name', ({ found, expected }) => expect(found).toEqual(expected))
})
