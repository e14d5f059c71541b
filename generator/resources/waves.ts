// Sync waves, used only where the order matters: datastores and configuration (0), a migration (1), what waits for it (2).
// https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/

import { resolvedMigrations, type ResolvedPlatform } from '../model/resolve.ts'
import type { WantedObject } from './wanted-object.ts'

export const migrationWave = 1
const afterMigrationWave = 2

/** Argo CD waits until these are healthy, and an autoscaler is not before the workload it scales exists. */
const waitingKinds: ReadonlySet<unknown> = new Set(['Deployment', 'HorizontalPodAutoscaler'])

/** Adds the later wave to every workload that a migration must precede, and to its autoscaler. */
export function withWaves(resolved: ResolvedPlatform, objects: readonly WantedObject[]): readonly WantedObject[] {
  const waiting = new Set(
    resolvedMigrations(resolved).flatMap(one => one.settings.before.map(component => component.name)),
  )
  if (waiting.size === 0) return objects
  return objects.map(wanted =>
    waitingKinds.has(wanted.object['kind']) && waiting.has(wanted.component ?? '') ? later(wanted) : wanted,
  )
}

function later(wanted: WantedObject): WantedObject {
  const metadata = wanted.object['metadata'] as { readonly annotations?: object }
  const annotations = { ...metadata.annotations, 'argocd.argoproj.io/sync-wave': String(afterMigrationWave) }
  return { ...wanted, object: { ...wanted.object, metadata: { ...metadata, annotations } } as WantedObject['object'] }
}
