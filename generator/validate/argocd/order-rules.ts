// Orders that cannot work: an earlier phase or wave that needs something of a later one, and waves that have no effect.
// All of them are seen by simulating the sync of the rendered set (argocd/simulate).

import { describeResource, groupOf, type Resource } from '../../manifest/resource.ts'
import { valueAt } from '../../manifest/pointer.ts'
import { placementOf, waveAnnotation, waveOf } from '../../argocd/simulate/hooks.ts'
import { needsOf } from '../../argocd/simulate/needs.ts'
import { isApplication } from '../../argocd/simulate/read-argocd.ts'
import { compareSteps, syncOrder, type SyncPlan } from '../../argocd/simulate/sync-order.ts'
import { waveInversions, type Inversion } from '../../argocd/simulate/wave-deadlocks.ts'
import type { ResourceSet } from '../../manifest/resource-set.ts'
import type { Finding, Rule } from '../rule.ts'
import { annotationPlace } from './annotation-place.ts'
import { applicationKinds } from './argo-kinds.ts'

interface Simulation {
  readonly plan: SyncPlan
  readonly inversions: readonly Inversion[]
}

const simulations = new WeakMap<ResourceSet, Simulation>()

/** One simulation per set, however many rules ask. */
function simulate(resources: ResourceSet): Simulation {
  const known = simulations.get(resources)
  if (known !== undefined) return known
  const plan = syncOrder(resources.all)
  const simulation = { plan, inversions: isOrdered(plan) ? waveInversions(plan) : [] }
  simulations.set(resources, simulation)
  return simulation
}

const ordered = new WeakMap<ResourceSet, boolean>()

/** Whether annotations spread the objects over several steps. Where they do not, no order can be wrong, and none is simulated. */
function hasSteps(resources: ResourceSet): boolean {
  let known = ordered.get(resources)
  if (known === undefined) {
    known = resources.all.some(resource => {
      const { phases, wave } = placementOf(resource)
      return wave !== 0 || phases.some(phase => phase !== 'Sync')
    })
    ordered.set(resources, known)
  }
  return known
}

/** A rule about the order of steps: asked only where there are several. */
function orderRule(rule: Rule): Rule {
  return {
    ...rule,
    *checkAll(context) {
      if (!hasSteps(context.resources)) return
      for (const resource of context.resources.all) if (rule.appliesTo(resource)) yield* rule.check(resource, context)
    },
  }
}

/** Whether there is more than one step: then nothing can be inverted. */
function isOrdered({ tasks }: SyncPlan): boolean {
  const [first] = tasks
  const last = tasks[tasks.length - 1]
  return first !== undefined && last !== undefined && compareSteps(first, last) !== 0
}

function isApplied(resource: Resource): boolean {
  return placementOf(resource).phases.length > 0
}

function findings(
  resource: Resource,
  resources: ResourceSet,
  effect: Inversion['effect'],
  describe: (inversion: Inversion) => Omit<Finding, 'at'>,
): readonly Finding[] {
  return simulate(resources)
    .inversions.filter(inversion => inversion.consumer === resource && inversion.effect === effect)
    .map(inversion => ({
      at: inversion.at,
      related: [
        { at: { resource: inversion.provider, pointer: '' }, note: `applied in ${step(inversion.providerTask)}` },
      ],
      ...describe(inversion),
    }))
}

function step({ phase, wave }: { readonly phase: string; readonly wave: number }): string {
  return `phase ${phase}, wave ${wave}`
}

export const hookNeedsLaterObject = orderRule({
  code: 'argocd/hook-needs-later-object',
  severity: 'error',
  summary: 'A hook uses only what exists before it runs.',
  appliesTo: resource => placementOf(resource).hook,
  *check(resource, { resources }) {
    yield* findings(resource, resources, 'hook', ({ provider, consumerTask, providerTask }) => ({
      message: `this hook of ${step(consumerTask)} needs ${describeResource(provider)}, which is applied in ${step(providerTask)}: the first sync never gets there, and later ones run with the old version`,
      help: 'Make it a Sync hook in a wave after what it needs, or make what it needs a hook of an earlier wave.',
    }))
  },
})

export const waveDeadlock = orderRule({
  code: 'argocd/wave-deadlock',
  severity: 'error',
  summary: 'No wave waits for an object that a later wave applies.',
  appliesTo: isApplied,
  *check(resource, { resources }) {
    yield* findings(resource, resources, 'deadlock', ({ provider, consumerTask, providerTask }) => ({
      message: `${describeResource(resource)} of ${step(consumerTask)} cannot become healthy without ${describeResource(provider)} of ${step(providerTask)}, and Argo CD waits for its health before that`,
      help: 'Apply what is needed in the same wave or an earlier one.',
    }))
    yield* unboundClaim(resource, resources)
  },
})

/** A claim that binds only when a pod uses it, in a wave before that pod (argoproj/argo-cd#12840). */
function* unboundClaim(resource: Resource, resources: ResourceSet): Iterable<Finding> {
  if (resource.kind !== 'PersistentVolumeClaim' || groupOf(resource.apiVersion) !== '') return
  const { plan } = simulate(resources)
  const task = plan.tasks.find(candidate => candidate.resource === resource)
  const users = needsOf(resources.all).filter(need => need.provider === resource)
  const tasks = plan.tasks.filter(candidate => users.some(need => need.consumer === candidate.resource))
  if (task === undefined || tasks.length === 0 || tasks.some(user => compareSteps(user, task) <= 0)) return
  const binding = bindingMode(resource, resources)
  if (binding === 'Immediate') return
  yield {
    at: annotationPlace(resource, waveAnnotation),
    severity: binding === 'WaitForFirstConsumer' ? 'error' : 'warning',
    message: `this claim of ${step(task)} is used only in later waves; a storage class that waits for the first consumer never binds it, and Argo CD waits for it to be bound`,
    help: 'Apply the claim in the wave of the pod that uses it.',
  }
}

function bindingMode(claim: Resource, resources: ResourceSet): unknown {
  const name = valueAt(claim.object, '/spec/storageClassName')
  const storageClass = typeof name === 'string' ? resources.find('StorageClass', undefined, name) : undefined
  return storageClass === undefined ? undefined : (storageClass.object['volumeBindingMode'] ?? 'Immediate')
}

export const waveInversion = orderRule({
  code: 'argocd/wave-inversion',
  severity: 'warning',
  summary: 'What an object needs is applied with it or before it.',
  appliesTo: isApplied,
  *check(resource, { resources }) {
    yield* findings(resource, resources, 'early', ({ provider, consumerTask, providerTask }) => ({
      message: `${describeResource(resource)} of ${step(consumerTask)} needs ${describeResource(provider)}, which is applied later, in ${step(providerTask)}`,
      help: 'Apply what is needed in the same wave or an earlier one.',
    }))
  },
})

/** More waves than this make a sync slow: each costs two seconds and a wait for health. */
const manyWaveCount = 10

export const manyWaves = orderRule({
  code: 'argocd/many-waves',
  severity: 'info',
  summary: 'A sync has few waves.',
  appliesTo: isApplied,
  *check(resource, { resources }) {
    const { plan } = simulate(resources)
    if (plan.tasks[plan.tasks.length - 1]?.resource !== resource) return
    const steps = new Set(plan.tasks.map(task => step(task)))
    if (steps.size <= manyWaveCount) return
    yield {
      at: annotationPlace(resource, waveAnnotation),
      message: `the objects are spread over ${steps.size} waves; every wave waits two seconds and then for the health of all its objects`,
      help: 'Keep waves for orders that pods cannot wait out by themselves.',
    }
  },
})

export const applicationWave: Rule = {
  code: 'argocd/application-wave',
  severity: 'warning',
  summary: 'Waves on Applications are used only where Argo CD assesses the health of Applications.',
  kinds: applicationKinds,
  appliesTo: resource => isApplication(resource) && waveOf(resource) !== 0,
  *check(resource, { profile }) {
    if (profile.argocd?.applicationHealthCheck === true) return
    yield {
      at: annotationPlace(resource, waveAnnotation),
      message: `wave "${waveOf(resource)}" on an Application orders nothing: without a health check for Applications the next wave does not wait for it`,
      help: 'Add the health check for argoproj.io/Application to argocd-cm and declare it in the platform, or remove the wave.',
    }
  },
}

export const hookDeletedTooEarly: Rule = {
  code: 'argocd/hook-deleted-too-early',
  severity: 'warning',
  summary: 'A hook that others need outlives them.',
  annotated: true,
  appliesTo: resource => placementOf(resource).hook && placementOf(resource).deletePolicies.includes('HookSucceeded'),
  *check(resource, { resources }) {
    const { hook, phases } = placementOf(resource)
    if (!hook || phases.length === 0) return
    const users = needsOf(resources.all).filter(need => need.provider === resource && !placementOf(need.consumer).hook)
    for (const { consumer, at } of users) {
      yield {
        at: annotationPlace(resource, 'argocd.argoproj.io/hook-delete-policy'),
        message: `this hook is deleted when the sync succeeds, but ${describeResource(consumer)} goes on using it`,
        help: 'Make it an ordinary object, or leave its delete policy at BeforeHookCreation.',
        related: [{ at, note: 'used here' }],
      }
    }
  },
}
