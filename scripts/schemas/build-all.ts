// Every committed schema, from its sources: what `npm run schemas:update` writes and its --check compares.

import { buildCustom } from './build-custom.ts'
import { buildKubernetes, countKubernetes, readAllVersions } from './build-kubernetes.ts'

/** Files under schemas/, by path. */
export function buildAll(): ReadonlyMap<string, string> {
  const versions = readAllVersions()
  return new Map([
    ...buildKubernetes(versions),
    ...buildCustom(versions),
    ['kubernetes/counts.json', countKubernetes(versions)],
  ])
}
