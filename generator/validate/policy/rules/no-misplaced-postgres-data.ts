// PostgreSQL's image moved its data directory with version 18, and before that wanted an empty one.

import { imageName, parseImage } from '../../../manifest/image.ts'
import { child } from '../../../manifest/pointer.ts'
import type { Container } from '../../../manifest/pod-template.ts'
import type { Resource } from '../../../manifest/resource.ts'
import { asList, asMap, asString, type YamlMap } from '../../../manifest/value.ts'
import { definePolicyRule } from '../define-policy-rule.ts'
import { hasPod, mainContainersIn, podKinds, podOf } from '../pods.ts'

const officialImage = /(?:^|\/)(?:postgres|postgis\/postgis|timescale\/timescaledb)$/
const oldDirectory = '/var/lib/postgresql/data'

/** Accident class S13: docker-library/postgres#37, docker-library/postgres#1259. */
export const noMisplacedPostgresData = definePolicyRule({
  code: 'policy/no-misplaced-postgres-data',
  severity: 'error',
  summary: "PostgreSQL's volume is mounted where its image keeps the data.",
  kinds: podKinds,
  appliesTo: hasPod,
  *check(resource) {
    for (const container of mainContainersIn(resource)) {
      const major = majorOf(container)
      if (major === undefined) continue
      const mounts = asList(container.spec['volumeMounts']).map(asMap)
      const index = mounts.findIndex(mount => (asString(mount['mountPath']) ?? '').replace(/\/+$/, '') === oldDirectory)
      const mount = mounts[index]
      if (mount === undefined) continue
      const at = { resource, pointer: child(container.pointer, 'volumeMounts', index, 'mountPath') }
      if (major >= 18 && !hasDataDirectory(container)) {
        yield {
          at,
          message: `PostgreSQL ${major} keeps its data below "/var/lib/postgresql", not in "${oldDirectory}": what it writes is lost at the next restart`,
          help: 'Mount the volume at /var/lib/postgresql, and migrate the data of an older version first.',
        }
      } else if (
        major < 18 &&
        mount['subPath'] === undefined &&
        !hasDataDirectory(container) &&
        isDisk(resource, mount)
      ) {
        yield {
          at,
          severity: 'warning',
          message: `the root of the volume is the data directory "${oldDirectory}": a new disk with a "lost+found" directory is refused as not empty`,
          help: `Set the variable PGDATA to ${oldDirectory}/pgdata, or mount with a subPath.`,
        }
      }
    }
  },
})

function majorOf(container: Container): number | undefined {
  if (!officialImage.test(imageName(container.image))) return undefined
  const tag = parseImage(container.image)?.tag ?? ''
  const major = /^(?:pg)?(\d+)/.exec(tag)?.[1] ?? /-pg(\d+)/.exec(tag)?.[1]
  return major === undefined ? undefined : Number(major)
}

/** A volume of its own, with a file system made for it; an emptyDir is an empty directory of the node. */
function isDisk(resource: Resource, mount: YamlMap): boolean {
  const volumes = asList(podOf(resource)?.spec['volumes']).map(asMap)
  return volumes.find(({ name }) => name === mount['name'])?.['emptyDir'] === undefined
}

function hasDataDirectory(container: Container): boolean {
  return asList(container.spec['env']).some(entry => asMap(entry)['name'] === 'PGDATA')
}
