// Who a container runs as and what it may do: the restricted Pod Security Standard, for every pod we generate.
// https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted

import type { PodSecurityContext, SecurityContext, Volume, VolumeMount } from 'kubernetes-types/core/v1.js'

export interface RunAs {
  readonly user: number
  readonly group: number
}

const ownImages: RunAs = { user: 10001, group: 10001 }

/** Users of the official images, by flavour: the numbers their Dockerfiles create. */
const officialImages: Readonly<Record<string, { readonly alpine: RunAs; readonly debian: RunAs }>> = {
  postgres: { alpine: { user: 70, group: 70 }, debian: { user: 999, group: 999 } },
  redis: { alpine: { user: 999, group: 1000 }, debian: { user: 999, group: 999 } },
}

/** The user a component's process runs as: the declared one, or its image's own. */
export function runAs(
  type: string,
  settings: { readonly image: string; readonly user?: number; readonly group?: number },
): RunAs {
  const official = officialImages[type]
  const usual =
    official === undefined ? ownImages : settings.image.includes('alpine') ? official.alpine : official.debian
  const user = settings.user ?? usual.user
  return { user, group: settings.group ?? settings.user ?? usual.group }
}

export function podSecurityContext(who: RunAs, ownsVolumes: boolean): PodSecurityContext {
  return {
    runAsNonRoot: true,
    runAsUser: who.user,
    runAsGroup: who.group,
    ...(ownsVolumes ? { fsGroup: who.group, fsGroupChangePolicy: 'OnRootMismatch' } : {}),
    seccompProfile: { type: 'RuntimeDefault' },
  }
}

export function containerSecurityContext(): SecurityContext {
  return { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true }
}

/** Empty directories for the paths a process writes to, under a read-only root. */
export function writableDirectories(paths: readonly string[]): { volumes: Volume[]; volumeMounts: VolumeMount[] } {
  const named = paths.map(path => ({
    name: path
      .slice(1)
      .replaceAll(/[^a-z0-9]+/gi, '-')
      .toLowerCase(),
    path,
  }))
  return {
    volumes: named.map(({ name }) => ({ name, emptyDir: {} })),
    volumeMounts: named.map(({ name, path }) => ({ name, mountPath: path })),
  }
}
