// Volumes of a workload that only one node may mount at a time.

import { child } from '../../manifest/pointer.ts'
import type { Resource } from '../../manifest/resource.ts'
import { asList, asMap, asString } from '../../manifest/value.ts'
import type { RuleContext } from '../rule.ts'
import { podOf, specOf } from './pods.ts'

export interface MountedClaim {
  readonly claim: Resource
  /** Where the workload names it. */
  readonly pointer: string
}

const sharedModes = ['ReadWriteMany', 'ReadOnlyMany']

/** PersistentVolumeClaims of the tree that the pod template names and that have no shared access mode. */
export function singleWriterClaims(workload: Resource, { graph }: RuleContext): readonly MountedClaim[] {
  const pod = podOf(workload)
  if (pod === undefined) return []
  return asList(pod.spec['volumes']).flatMap((entry, index) => {
    const name = asString(asMap(asMap(entry)['persistentVolumeClaim'])['claimName'])
    const claim = name === undefined ? undefined : graph.find('PersistentVolumeClaim', workload.namespace, name, '')
    const modes = claim === undefined ? [] : asList(specOf(claim)['accessModes'])
    if (
      claim === undefined ||
      modes.length === 0 ||
      modes.some(mode => typeof mode === 'string' && sharedModes.includes(mode))
    )
      return []
    return [{ claim, pointer: child(pod.specPointer, 'volumes', index, 'persistentVolumeClaim', 'claimName') }]
  })
}
