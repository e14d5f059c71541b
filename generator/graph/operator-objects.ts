// What operators of databases, brokers and the like make beside their custom resource: Secrets with credentials, Services to connect to.
// Names follow each operator's documentation or source; `*` stands for the name of the resource.

import { groupOf, type Resource } from '../manifest/resource.ts'
import { asList, asMap, asString, type YamlMap } from '../manifest/value.ts'

export interface MadeName {
  readonly kind: 'Secret' | 'ConfigMap' | 'Service'
  readonly name: string
}

interface Operator {
  readonly group: string
  readonly secrets?: readonly string[]
  readonly services?: readonly string[]
  readonly configMaps?: readonly string[]
  /** Names that depend on what the resource declares. */
  readonly more?: (resource: Resource, spec: YamlMap) => readonly MadeName[]
}

const elastic = (suffix: string): readonly string[] =>
  ['http-certs-public', 'http-certs-internal', 'http-ca-internal', 'config', 'user'].map(end => `*-${suffix}-${end}`)

const operators: ReadonlyMap<string, readonly Operator[]> = new Map<string, readonly Operator[]>([
  // https://www.rabbitmq.com/kubernetes/operator/using-operator
  [
    'RabbitmqCluster',
    [{ group: 'rabbitmq.com', secrets: ['*-default-user', '*-erlang-cookie'], services: ['*', '*-nodes'] }],
  ],
  // https://www.elastic.co/docs/deploy-manage/deploy/cloud-on-k8s
  [
    'Elasticsearch',
    [
      {
        group: 'elasticsearch.k8s.elastic.co',
        secrets: [...elastic('es'), '*-es-elastic-user', '*-es-internal-users', '*-es-transport-certs-public'],
        services: ['*-es-http', '*-es-internal-http', '*-es-transport'],
      },
    ],
  ],
  ['Kibana', [{ group: 'kibana.k8s.elastic.co', secrets: elastic('kb'), services: ['*-kb-http'] }]],
  [
    'ApmServer',
    [{ group: 'apm.k8s.elastic.co', secrets: [...elastic('apm'), '*-apm-token'], services: ['*-apm-http'] }],
  ],
  // https://strimzi.io/docs/operators/latest/deploying
  [
    'Kafka',
    [
      {
        group: 'kafka.strimzi.io',
        secrets: ['*-cluster-ca', '*-cluster-ca-cert', '*-clients-ca', '*-clients-ca-cert'],
        services: ['*-kafka-bootstrap', '*-kafka-brokers', '*-zookeeper-client'],
      },
    ],
  ],
  ['KafkaUser', [{ group: 'kafka.strimzi.io', secrets: ['*'] }]],
  ['KafkaConnect', [{ group: 'kafka.strimzi.io', services: ['*-connect-api'] }]],
  ['KafkaBridge', [{ group: 'kafka.strimzi.io', services: ['*-bridge-service'] }]],
  // https://postgres-operator.readthedocs.io/en/latest/user/
  [
    'postgresql',
    [{ group: 'acid.zalan.do', services: ['*', '*-repl', '*-pooler', '*-pooler-repl'], more: ofZalandoUsers }],
  ],
  // https://access.crunchydata.com/documentation/postgres-operator/latest/
  [
    'PostgresCluster',
    [
      {
        group: 'postgres-operator.crunchydata.com',
        secrets: ['*-cluster-cert'],
        services: ['*-primary', '*-replicas', '*-ha', '*-pgbouncer'],
        more: ofCrunchyUsers,
      },
    ],
  ],
  // https://github.com/mongodb/mongodb-kubernetes-operator
  ['MongoDBCommunity', [{ group: 'mongodbcommunity.mongodb.com', services: ['*-svc'], more: ofMongoUsers }]],
  // https://github.com/mariadb-operator/mariadb-operator/blob/main/api/v1alpha1/mariadb_keys.go
  [
    'MariaDB',
    [
      {
        group: 'k8s.mariadb.com',
        secrets: ['*-root', '*-password', '*-metrics-password'],
        services: ['*', '*-internal', '*-primary', '*-secondary', '*-metrics'],
      },
    ],
  ],
  // https://github.com/OT-CONTAINER-KIT/redis-operator/blob/master/internal/k8sutils/redis-standalone.go
  ['Redis', [{ group: 'redis.redis.opstreelabs.in', services: ['*', '*-headless', '*-additional'] }]],
  // https://github.com/spotahome/redis-operator/blob/master/operator/redisfailover/service/names.go
  ['RedisFailover', [{ group: 'databases.spotahome.com', services: ['rfs-*', 'rfrm-*', 'rfrs-*'] }]],
  // The governing Services: https://github.com/prometheus-operator/prometheus-operator/tree/main/pkg (alertmanager, prometheus, thanos)
  ['Prometheus', [{ group: 'monitoring.coreos.com', services: ['prometheus-operated'] }]],
  ['Alertmanager', [{ group: 'monitoring.coreos.com', services: ['alertmanager-operated'] }]],
  ['ThanosRuler', [{ group: 'monitoring.coreos.com', services: ['thanos-ruler-operated'] }]],
  // https://github.com/grafana/grafana-operator/blob/master/controllers/model/grafana_resources.go
  ['Grafana', [{ group: 'grafana.integreatly.org', secrets: ['*-admin-credentials'], services: ['*-service'] }]],
  // https://github.com/minio/operator/blob/master/pkg/apis/minio.min.io/v2/names.go
  ['Tenant', [{ group: 'minio.min.io', services: ['minio', '*-console', '*-hl'] }]],
  // https://github.com/keycloak/keycloak/blob/main/operator/src/main/java/org/keycloak/operator/Constants.java
  ['Keycloak', [{ group: 'k8s.keycloak.org', secrets: ['*-initial-admin'], services: ['*-service'] }]],
  // https://github.com/kube-object-storage/lib-bucket-provisioner
  ['ObjectBucketClaim', [{ group: 'objectbucket.io', secrets: ['*'], configMaps: ['*'] }]],
  [
    'Service',
    [
      { group: 'serving.knative.dev', services: ['*'] },
      { group: '', more: ofServingCertificate },
    ],
  ],
])

/** Whether an operator makes something from objects of this kind. */
export function isOperated({ kind }: Resource): boolean {
  return operators.has(kind)
}

/** The names that an operator gives to what it makes from a resource. */
export function madeByOperator(resource: Resource, spec: YamlMap): readonly MadeName[] {
  const known = operators.get(resource.kind)
  const operator = known?.find(({ group }) => group === groupOf(resource.apiVersion))
  const { secrets = [], services = [], configMaps = [], more } = operator ?? { group: '' }
  const named = (kind: MadeName['kind'], patterns: readonly string[]): readonly MadeName[] =>
    patterns.map(pattern => ({ kind, name: pattern.replace('*', resource.name) }))
  return [
    ...named('Secret', secrets),
    ...named('Service', services),
    ...named('ConfigMap', configMaps),
    ...(more?.(resource, spec) ?? []),
  ]
}

function ofZalandoUsers({ name }: Resource, spec: YamlMap): readonly MadeName[] {
  const users = ['postgres', 'standby', 'pooler', ...Object.keys(asMap(spec['users']))]
  return users.map(user => ({
    kind: 'Secret',
    name: `${user.replaceAll('_', '-')}.${name}.credentials.postgresql.acid.zalan.do`,
  }))
}

function ofCrunchyUsers({ name }: Resource, spec: YamlMap): readonly MadeName[] {
  const users = asList(spec['users']).flatMap(user => asString(asMap(user)['name']) ?? [])
  return (users.length > 0 ? users : [name]).map(user => ({ kind: 'Secret', name: `${name}-pguser-${user}` }))
}

function ofMongoUsers({ name }: Resource, spec: YamlMap): readonly MadeName[] {
  return asList(spec['users']).map(entry => {
    const user = asMap(entry)
    const standard = `${name}-${asString(user['db']) ?? 'admin'}-${asString(user['name']) ?? ''}`
    return { kind: 'Secret', name: asString(user['connectionStringSecretName']) ?? standard }
  })
}

/** OpenShift makes the Secret of a serving certificate: https://docs.redhat.com/en/documentation/openshift_container_platform (service CA). */
function ofServingCertificate({ object }: Resource): readonly MadeName[] {
  const annotations = asMap(asMap(object['metadata'])['annotations'])
  const name = asString(annotations['service.beta.openshift.io/serving-cert-secret-name'])
  return name === undefined ? [] : [{ kind: 'Secret', name }]
}
