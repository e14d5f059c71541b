// Which patch file a change belongs to: one file per concern, so that a reviewer finds replicas under replicas.

import type { Step } from '../merge/strategic-difference.ts'

/** First match wins; `*` stands for any kind, any key or any list element. The rest goes by the object's base file. */
const concerns: readonly (readonly [kind: string, path: readonly string[], concern: string])[] = [
  ['*', ['spec', 'replicas'], 'replicas'],
  ['*', ['spec', 'template', 'spec', 'containers', '*', 'resources'], 'resources'],
  ['*', ['spec', 'template', 'metadata', 'annotations', 'checksum/config'], 'config'],
  ['*', ['spec', 'template', 'spec', 'topologySpreadConstraints'], 'replicas'],
  ['*', ['spec', 'strategy'], 'rollout'],
  ['ConfigMap', ['data'], 'config'],
  ['CronJob', ['spec', 'jobTemplate', 'spec', 'template', 'spec', 'containers', '*', 'resources'], 'resources'],
  ['CronJob', ['spec', 'jobTemplate', 'spec', 'template', 'metadata', 'annotations', 'checksum/config'], 'config'],
  ['HorizontalPodAutoscaler', [], 'hpa'],
]

/**
 * The patch file (without directory and extension) for a change.
 * @param otherwise where changes without a concern of their own go: the object's base file, without extension
 */
export function concernOf(kind: string, path: readonly Step[], otherwise: string): string {
  const row = concerns.find(([rowKind, prefix]) => (rowKind === '*' || rowKind === kind) && startsWith(path, prefix))
  return row?.[2] ?? otherwise
}

function startsWith(path: readonly Step[], prefix: readonly string[]): boolean {
  return path.length >= prefix.length && prefix.every((token, index) => token === '*' || token === path[index])
}
