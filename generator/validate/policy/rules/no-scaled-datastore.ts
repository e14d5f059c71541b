// Copies of a plain database do not share their data: each pod answers from its own.

import { imageName } from '../../../manifest/image.ts'
import { asList, type YamlMap } from '../../../manifest/value.ts'
import { definePolicyRule } from '../define-policy-rule.ts'
import { mainContainersIn } from '../pods.ts'
import { maximumReplicas } from '../surroundings.ts'

const datastore =
  /(?:^|\/)(?:postgres|postgresql|postgis|timescaledb|mysql|mariadb|percona|mongo|mongodb|redis|valkey|keydb|dragonfly|rabbitmq|influxdb|couchdb|neo4j|mssql-server|clickhouse-server)$/

/** What copies of a leader call themselves, and the option that makes a Redis one: their data is the leader's. */
const follower = /(?:^|[-_.])(?:slave|replica|follower|secondary|reader)s?(?:$|[-_.])/
const followOption = /\b(?:replicaof|slaveof)\b/

/** Accident class X18: a Deployment gives its pods neither an identity nor a volume of their own. */
export const noScaledDatastore = definePolicyRule({
  code: 'policy/no-scaled-datastore',
  severity: { production: 'error', elsewhere: 'warning' },
  summary: 'A datastore in a Deployment runs once.',
  kinds: ['Deployment', 'Rollout', 'ReplicaSet'],
  appliesTo: resource => ['Deployment', 'Rollout', 'ReplicaSet'].includes(resource.kind),
  *check(resource, context) {
    const [container] = mainContainersIn(resource)
    if (container === undefined || !datastore.test(imageName(container.image))) return
    if (followsLeader(resource.name, container.spec)) return
    const replicas = maximumReplicas(resource, context)
    if (replicas < 2) return
    yield {
      at: { resource, pointer: '/spec/replicas' },
      message: `up to "${replicas}" pods of "${container.image}" run side by side, each with data of its own`,
      help: 'Run one replica with strategy Recreate, or a StatefulSet or operator that sets up replication.',
    }
  },
})

function followsLeader(name: string, container: YamlMap): boolean {
  const words = [...asList(container['command']), ...asList(container['args'])].filter(word => typeof word === 'string')
  return follower.test(name) || words.some(word => followOption.test(word))
}
