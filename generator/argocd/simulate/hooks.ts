// The strings on an object that decide when Argo CD applies it: hooks, waves, delete policies, options. Argo CD compares
// them exactly and drops what it does not know without a word (gitops-engine/pkg/sync/hook, syncwaves and resource).

import type { Resource } from '../../manifest/resource.ts'
import { asMap } from '../../manifest/value.ts'
import { annotationOf } from './read-argocd.ts'

export const hookAnnotation = 'argocd.argoproj.io/hook'
const helmHookAnnotation = 'helm.sh/hook'
export const waveAnnotation = 'argocd.argoproj.io/sync-wave'
export const deletePolicyAnnotation = 'argocd.argoproj.io/hook-delete-policy'
export const syncOptionsAnnotation = 'argocd.argoproj.io/sync-options'
export const compareOptionsAnnotation = 'argocd.argoproj.io/compare-options'

export type Phase = 'PreSync' | 'Sync' | 'PostSync' | 'SyncFail'
export const phases: readonly Phase[] = ['PreSync', 'Sync', 'PostSync', 'SyncFail']

export type HookType = Phase | 'Skip' | 'PreDelete' | 'PostDelete'
export const hookTypes: readonly HookType[] = [...phases, 'Skip', 'PreDelete', 'PostDelete']

export type DeletePolicy = 'HookSucceeded' | 'HookFailed' | 'BeforeHookCreation'
export const deletePolicies: readonly DeletePolicy[] = ['BeforeHookCreation', 'HookFailed', 'HookSucceeded']

/** Helm's hooks and what Argo CD makes of them in a sync; the others are never applied. */
const helmHooks: Readonly<Record<string, Phase>> = {
  'pre-install': 'PreSync',
  'pre-upgrade': 'PreSync',
  'post-install': 'PostSync',
  'post-upgrade': 'PostSync',
}

/** What makes an object a hook of an Application's deletion, in either annotation (controller/hook.go). */
const deletionHooks = [
  ['PreDelete', 'pre-delete'],
  ['PostDelete', 'post-delete'],
] as const

const helmPolicies: Readonly<Record<string, DeletePolicy>> = {
  'before-hook-creation': 'BeforeHookCreation',
  'hook-succeeded': 'HookSucceeded',
  'hook-failed': 'HookFailed',
}

/** The distinct values of a comma-separated annotation, trimmed (GetAnnotationCSVs). */
export function annotationValues(resource: Resource, annotation: string): readonly string[] {
  const values = (annotationOf(resource.object, annotation) ?? '').split(',').map(value => value.trim())
  return [...new Set(values)].filter(value => value !== '')
}

export interface Placement {
  /** Whether Argo CD treats the object as a hook: then it is not tracked, and not compared. */
  readonly hook: boolean
  /** When a sync applies it; none where it never does. */
  readonly phases: readonly Phase[]
  /** Applied when the Application is deleted. */
  readonly deletion: readonly ('PreDelete' | 'PostDelete')[]
  readonly wave: number
  readonly deletePolicies: readonly DeletePolicy[]
}

/** When Argo CD applies an object, by its annotations alone. */
export function placementOf(resource: Resource): Placement {
  if (!isAnnotated(resource)) return ordinary
  const types = typesOf(resource)
  const hook = isHook(resource, types)
  const deletion = deletionOf(resource)
  const own = phases.filter(phase => types.includes(phase))
  const skipped = types.length === 1 && types[0] === 'Skip'
  return {
    hook,
    phases: skipped ? [] : hook ? own : ['Sync'],
    deletion,
    wave: waveOf(resource),
    deletePolicies: policiesOf(resource),
  }
}

const ordinary: Placement = {
  hook: false,
  phases: ['Sync'],
  deletion: [],
  wave: 0,
  deletePolicies: ['BeforeHookCreation'],
}

/** Most objects have no annotation that matters here. */
function isAnnotated({ object }: Resource): boolean {
  for (const name in asMap(asMap(object['metadata'])['annotations'])) {
    if (name.startsWith('argocd.argoproj.io/') || name.startsWith('helm.sh/')) return true
  }
  return false
}

/** Argo CD's types of sync hooks first; Helm's only where there is none (hook.go, Types). */
function typesOf(resource: Resource): readonly (Phase | 'Skip')[] {
  const known = [...phases, 'Skip'] as const
  const own = annotationValues(resource, hookAnnotation).flatMap(value => known.find(type => type === value) ?? [])
  if (own.length > 0) return own
  return annotationValues(resource, helmHookAnnotation).flatMap(value => helmHooks[value] ?? [])
}

function deletionOf(resource: Resource): readonly ('PreDelete' | 'PostDelete')[] {
  const own = annotationValues(resource, hookAnnotation)
  const helm = annotationValues(resource, helmHookAnnotation)
  return deletionHooks.flatMap(([type, ofHelm]) => (own.includes(type) || helm.includes(ofHelm) ? [type] : []))
}

function isHook(resource: Resource, types: readonly (Phase | 'Skip')[]): boolean {
  if (annotationOf(resource.object, hookAnnotation) !== undefined) return !(types.length === 1 && types[0] === 'Skip')
  const helm = annotationOf(resource.object, helmHookAnnotation)
  return helm !== undefined && helm !== 'crd-install'
}

/** What is no integer falls back to the Helm weight, and then to 0 (syncwaves/waves.go). */
export function waveOf(resource: Resource): number {
  return (
    integer(annotationOf(resource.object, waveAnnotation)) ??
    integer(annotationOf(resource.object, 'helm.sh/hook-weight')) ??
    0
  )
}

/** As Go's strconv.Atoi reads an integer of 64 bits. */
export function integer(text: string | undefined): number | undefined {
  if (text === undefined || !/^[+-]?\d+$/.test(text)) return undefined
  return BigInt.asIntN(64, BigInt(text.replace('+', ''))) === BigInt(text.replace('+', ''))
    ? Number(text) + 0
    : undefined
}

function policiesOf(resource: Resource): readonly DeletePolicy[] {
  const own = annotationValues(resource, deletePolicyAnnotation).flatMap(
    value => deletePolicies.find(policy => policy === value) ?? [],
  )
  const helm = annotationValues(resource, 'helm.sh/hook-delete-policy').flatMap(value => helmPolicies[value] ?? [])
  const all = [...new Set([...own, ...helm])]
  return all.length === 0 ? ['BeforeHookCreation'] : all
}
