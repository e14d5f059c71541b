// What the checks of one pod share.

import { at, text, type Field } from '../field.ts'

/** Name of each volume the containers may mount to the kind of its source. */
export type DeclaredVolumes = ReadonlyMap<string, string>

export interface PodContext {
  readonly spec: Field
  readonly metadata: Field
  /** A Pod object; false for templates. */
  readonly isPod: boolean
  readonly volumes: DeclaredVolumes
}

/** Whether an init container keeps running beside the main ones. */
export function isSidecar(container: Field): boolean {
  return text(at(container, 'restartPolicy')) === 'Always'
}
