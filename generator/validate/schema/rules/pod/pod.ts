// Pods and pod templates: the order in which the families of pod checks run.
// Follows pkg/apis/core/validation/validation.go (ValidatePodSpec, ValidatePodCreate, ValidatePodTemplateSpec).

import {
  dns1123LabelFault,
  dns1123SubdomainFault,
  qualifiedNameFault,
  type NameCheck,
} from '../../../../manifest/names.ts'
import { at, count, isSet, items, mapOf, text, type Field } from '../field.ts'
import {
  refuseFault,
  refuseMoreThanOne,
  refuseNameFault,
  refuseOutside,
  refuseUnsupported,
  requireSpec,
  type Inspection,
} from '../inspection.ts'
import { inspectLabels, inspectLabelsAndAnnotations } from '../metadata.ts'
import { inspectAffinity } from './affinity.ts'
import { inspectContainers } from './containers.ts'
import { inspectDns } from './dns.ts'
import { inspectHostUsers } from './host-users.ts'
import { inspectOperatingSystem } from './operating-system.ts'
import { inspectPodAnnotations } from './pod-annotations.ts'
import { inspectPodResources, inspectResources } from './resources.ts'
import { inspectPodSecurity } from './security.ts'
import { inspectTolerations } from './tolerations.ts'
import { inspectTopologySpread } from './topology-spread.ts'
import type { PodContext } from './pod-context.ts'
import { inspectVolumes } from './volumes.ts'
import { inspectWindowsPod } from './windows.ts'

/** Before, the server ignores claims (gate DynamicResourceAllocation). */
const claimsSince = 34
const maxInt32 = 2 ** 31 - 1

/** A Pod. */
export function inspectPod(inspection: Inspection): void {
  const { root } = inspection
  const spec = requireSpec(inspection)
  if (spec === undefined) return
  inspectPodSpec(inspection, { spec, metadata: at(root, 'metadata'), isPod: true })
  refuseSchedulingOfGated(inspection, spec)
  inspectEphemeralClaims(inspection, spec, text(at(root, 'metadata', 'name')))
}

/** The template of a workload. @param claims names of volumes that claim templates provide */
export function inspectTemplate(inspection: Inspection, template: Field, claims: readonly string[] = []): void {
  const spec = at(template, 'spec')
  const metadata = at(template, 'metadata')
  inspectLabelsAndAnnotations(inspection, metadata)
  if (mapOf(template) !== undefined && !isSet(spec)) {
    inspection.refuse('missing-value', {
      at: spec,
      message: 'spec of the pod template is missing',
      help: 'Describe the pods under spec.',
    })
  }
  if (mapOf(spec) === undefined) return
  inspectPodSpec(inspection, { spec, metadata, isPod: false, claims })
}

function inspectPodSpec(
  inspection: Inspection,
  pod: Omit<PodContext, 'volumes'> & { readonly claims?: readonly string[] },
): void {
  const { spec, metadata } = pod
  const volumes = inspectVolumes(inspection, pod)
  const context: PodContext = { spec, metadata, isPod: pod.isPod, volumes }
  inspectContainers(inspection, context)
  inspectPodResources(inspection, spec)
  inspectPodSecurity(inspection, spec)
  inspectPodAnnotations(inspection, context)
  inspectAffinity(inspection, at(spec, 'affinity'), at(metadata, 'labels'))
  inspectTolerations(inspection, at(spec, 'tolerations'))
  inspectTopologySpread(inspection, at(spec, 'topologySpreadConstraints'), at(metadata, 'labels'))
  inspectDns(inspection, context)
  inspectHostUsers(inspection, spec)
  inspectWindowsPod(inspection, spec)
  inspectOperatingSystem(inspection, spec)
  inspectLabels(inspection, at(spec, 'nodeSelector'))
  inspectResources(inspection, spec, { limits: 'overhead' })
  inspectScalars(inspection, spec)
  inspectGates(inspection, spec)
}

function inspectScalars(inspection: Inspection, spec: Field): void {
  refuseOutside(inspection, at(spec, 'activeDeadlineSeconds'), {
    what: 'activeDeadlineSeconds',
    min: 1,
    max: maxInt32,
  })
  const account = isSet(at(spec, 'serviceAccountName')) ? 'serviceAccountName' : 'serviceAccount'
  for (const key of [account, 'nodeName', 'priorityClassName']) {
    const field = at(spec, key)
    refuseNameFault(inspection, 'invalid-reference-name', { field, what: key, check: dns1123SubdomainFault })
  }
  const runtimeClass = at(spec, 'runtimeClassName')
  if (isSet(runtimeClass)) {
    const check = dns1123SubdomainFault
    refuseFault(inspection, 'invalid-reference-name', { field: runtimeClass, what: 'runtimeClassName', check })
  }
  if (inspection.resource.kind === 'StatefulSet') return
  for (const key of ['hostname', 'subdomain']) {
    refuseNameFault(inspection, 'invalid-host-name', { field: at(spec, key), what: key, check: dns1123LabelFault })
  }
}

/** Gates and claims: names, once each. */
function inspectGates(inspection: Inspection, spec: Field): void {
  for (const gate of items(at(spec, 'readinessGates'))) {
    const field = at(gate, 'conditionType')
    refuseFault(inspection, 'invalid-reference-name', { field, what: 'conditionType', check: qualifiedNameFault })
  }
  inspectNames(inspection, at(spec, 'schedulingGates'), { what: 'scheduling gate', check: qualifiedNameFault })
  if (inspection.oldest >= claimsSince) inspectResourceClaims(inspection, spec)
}

function inspectResourceClaims(inspection: Inspection, spec: Field): void {
  inspectNames(inspection, at(spec, 'resourceClaims'), { what: 'resource claim', check: dns1123LabelFault })
  for (const claim of items(at(spec, 'resourceClaims'))) {
    const keys = ['resourceClaimName', 'resourceClaimTemplateName']
    for (const key of keys) {
      refuseFault(inspection, 'invalid-reference-name', {
        field: at(claim, key),
        what: key,
        check: dns1123SubdomainFault,
      })
    }
    const source = refuseMoreThanOne(inspection, 'exclusive-fields', { field: claim, keys, what: 'resource claim' })
    if (source !== undefined || mapOf(claim) === undefined) continue
    inspection.refuse('missing-value', { at: claim, message: `resource claim has neither ${keys.join(' nor ')}` })
  }
  refuseUnsupported(inspection, 'unsupported-value', {
    field: at(spec, 'preemptionPolicy'),
    what: 'preemptionPolicy',
    allowed: ['Never', 'PreemptLowerPriority'],
  })
}

function inspectNames(
  inspection: Inspection,
  list: Field,
  { what, check }: { readonly what: string; readonly check: NameCheck },
): void {
  const seen = new Set<string>()
  for (const item of items(list)) {
    const field = at(item, 'name')
    refuseFault(inspection, 'invalid-reference-name', { field, what, check })
    const name = text(field)
    if (name !== '' && seen.has(name)) {
      inspection.refuse('duplicate-entry', { at: field, message: `${what} "${name}" is named twice` })
    }
    seen.add(name)
  }
}

/** A gated pod has no node yet. */
function refuseSchedulingOfGated(inspection: Inspection, spec: Field): void {
  if (text(at(spec, 'nodeName')) === '' || count(at(spec, 'schedulingGates')) === 0) return
  inspection.refuse('exclusive-fields', {
    at: at(spec, 'nodeName'),
    message: 'nodeName must not be set while the pod has scheduling gates',
    help: 'Remove nodeName or the scheduling gates.',
  })
}

/** The server makes a claim named after the pod and the volume for each ephemeral volume. */
function inspectEphemeralClaims(inspection: Inspection, spec: Field, podName: string): void {
  if (podName === '') return
  const volumes = items(at(spec, 'volumes'))
  const made = new Set<string>()
  for (const volume of volumes) {
    const claim = `${podName}-${text(at(volume, 'name'))}`
    if (!isSet(at(volume, 'ephemeral'))) continue
    made.add(claim)
    const fault = dns1123SubdomainFault(claim)
    if (fault === undefined) continue
    inspection.refuse('generated-name-too-long', {
      at: at(volume, 'name'),
      message: `the claim made for the volume would be named "${claim}", which ${fault}`,
    })
  }
  for (const field of volumes.map(volume => at(volume, 'persistentVolumeClaim', 'claimName'))) {
    if (!made.has(text(field))) continue
    inspection.refuse('invalid-volume', {
      at: field,
      message: `claim "${text(field)}" is the one made for an ephemeral volume of the same pod`,
    })
  }
}
