// Where Argo CD would put an object: which Application applies it, when, in which company, and whether its project lets it.
// What `gitops trace` shows of Argo CD; the words here are the words it prints.

import { describeResource, groupOf, resourceKey, type Resource } from '../../manifest/resource.ts'
import type { ScopeOf } from '../resource-scope.ts'
import { placementOf, type DeletePolicy, type Phase } from './hooks.ts'
import { isHealthGated } from './needs.ts'
import { clusterKey, objectKey, type RenderedApplication } from './ownership.ts'
import { permitsObject, type KnownClusters, type Verdict } from './project-permission.ts'
import { compareSteps, syncOrder, type SyncTask } from './sync-order.ts'
import { waveInversions } from './wave-deadlocks.ts'

export interface PlacementContext {
  readonly applications: readonly (RenderedApplication & { readonly project: string })[]
  readonly projects: readonly Resource[]
  readonly scopeOf: ScopeOf
  readonly clusters?: KnownClusters
}

export interface Placement {
  readonly application: string
  readonly project: string
  /** When a sync applies it; a hook of two phases twice. Empty where no sync ever does. */
  readonly steps: readonly {
    readonly phase: Phase
    readonly wave: number
    /** Place in the whole sync, from 1. */
    readonly position: number
    /** How many objects the sync applies. */
    readonly of: number
    readonly hook: boolean
    readonly deletePolicies: readonly DeletePolicy[]
    /** Objects of the same phase and wave, itself included. */
    readonly together: number
    /** Whether the next wave waits for its health, or for its completion where it is a hook. */
    readonly awaited: boolean
  }[]
  readonly deletion: readonly ('PreDelete' | 'PostDelete')[]
  /** Why its project permits it, or not. */
  readonly permission: Verdict
  /** Other Applications that own the same object. */
  readonly rivals: readonly string[]
  /** Needs that point to a later step. */
  readonly waitsInVain: readonly string[]
  /** The whole as lines of text. */
  readonly lines: readonly string[]
}

/**
 * One entry per Application that renders the object; none where no evaluated Application does.
 * @param resource found again by group, kind, namespace and name
 */
export function explainPlacement(resource: Resource, context: PlacementContext): readonly Placement[] {
  const owners = context.applications.flatMap(owner => {
    const own = owner.resources.find(candidate => resourceKey(candidate) === resourceKey(resource))
    return own === undefined ? [] : [{ owner, own }]
  })
  return owners.map(({ owner, own }) => {
    const plan = syncOrder(owner.resources)
    const tasks = plan.tasks.filter(task => task.resource === own)
    const facts = {
      application: owner.application.name,
      project: owner.project,
      steps: tasks.map(task => stepOf(task, plan.tasks)),
      deletion: placementOf(own).deletion,
      permission: permissionOf(own, owner, context),
      rivals: rivalsOf(own, owner, context),
      waitsInVain: waveInversions(plan)
        .filter(inversion => inversion.consumer === own)
        .map(
          ({ provider, providerTask }) =>
            `${describeResource(provider)} (${providerTask.phase}, wave ${providerTask.wave})`,
        ),
    }
    return { ...facts, lines: linesOf(facts) }
  })
}

function stepOf(task: SyncTask, all: readonly SyncTask[]): Placement['steps'][number] {
  const { phase, wave, position, hook, deletePolicies } = task
  return {
    phase,
    wave,
    position,
    of: all.length,
    hook,
    deletePolicies,
    together: all.filter(other => compareSteps(other, task) === 0).length,
    awaited: hook || isHealthGated(task.resource),
  }
}

function permissionOf(
  resource: Resource,
  owner: PlacementContext['applications'][number],
  { projects, scopeOf, clusters }: PlacementContext,
): Verdict {
  const project = projects.find(candidate => candidate.name === owner.project)
  if (project === undefined)
    return { permitted: 'unknown', reason: `project "${owner.project}" is not in this repository` }
  const scope = scopeOf(resource)
  return permitsObject(
    project.object,
    { ...resource, group: groupOf(resource.apiVersion) },
    scope,
    owner.destination,
    clusters,
  )
}

function rivalsOf(
  resource: Resource,
  owner: RenderedApplication,
  { applications, scopeOf, clusters }: PlacementContext,
): readonly string[] {
  const keyIn = (candidate: RenderedApplication, object: Resource): string =>
    `${clusterKey(candidate.destination, clusters)} ${objectKey(object, candidate.destination, scopeOf)}`
  const key = keyIn(owner, resource)
  return applications
    .filter(
      other =>
        other !== owner &&
        other.resources.some(object => object.name === resource.name && keyIn(other, object) === key),
    )
    .map(other => other.application.name)
}

function linesOf({
  application,
  project,
  steps,
  deletion,
  permission,
  rivals,
  waitsInVain,
}: Omit<Placement, 'lines'>): readonly string[] {
  return [
    `Application ${application}, project ${project}`,
    ...steps.map(
      step =>
        `phase ${step.phase}, wave ${step.wave}: ${step.position} of ${step.of}, with ${step.together - 1} more in its wave${step.awaited ? `; the next wave waits until it is ${step.hook ? 'finished' : 'healthy'}` : ''}${step.hook ? `; a hook, deleted by ${step.deletePolicies.join(', ')}` : ''}`,
    ),
    ...deletion.map(when => `a ${when} hook: applied only when the Application is deleted`),
    ...(steps.length === 0 && deletion.length === 0
      ? ['never applied: its hook annotation puts it into no phase']
      : []),
    permissionLine(permission, project),
    ...rivals.map(rival => `also owned by Application ${rival}: they overwrite each other`),
    ...waitsInVain.map(need => `needs something of a later wave: ${need}`),
  ]
}

function permissionLine(permission: Verdict, project: string): string {
  if (permission.permitted === true) return `permitted by project ${project}`
  const verb = permission.permitted === false ? 'not permitted' : 'permission not evaluated'
  return `${verb}: ${permission.reason}`
}
