// Probes and lifecycle hooks of a container.
// Follows pkg/apis/core/validation/validation.go (validateProbe, validateLivenessProbe, validateHandler, validateLifecycle).
// A sleep of zero seconds is accepted since Kubernetes 1.33 (gate PodLifecycleSleepActionAllowZero).

import { httpHeaderFault } from '../../../../manifest/names.ts'
import { at, integer, isMistyped, isSet, items, mapOf, type Field } from '../field.ts'
import { quote, refuseFault, refuseMoreThanOne, refuseOutside, type Inspection } from '../inspection.ts'
import type { RuleName } from '../rule-names.ts'
import { refusePortFault, refusePortNumber } from './ports.ts'

const probeHandlers = ['exec', 'httpGet', 'tcpSocket', 'grpc']
const hookHandlers = ['exec', 'httpGet', 'tcpSocket', 'sleep']
const probeNumbers = ['initialDelaySeconds', 'timeoutSeconds', 'periodSeconds', 'successThreshold', 'failureThreshold']
const defaultGracePeriod = 30

/** Liveness, readiness and startup probes. */
export function inspectProbes(inspection: Inspection, container: Field): void {
  for (const key of ['livenessProbe', 'readinessProbe', 'startupProbe']) {
    const probe = at(container, key)
    if (mapOf(probe) === undefined) continue
    inspectHandler(inspection, probe, { name: 'invalid-probe', keys: probeHandlers })
    for (const number of probeNumbers) refuseOutside(inspection, at(probe, number), { what: number, min: 0 })
    inspectThreshold(inspection, probe)
    inspectProbeGrace(inspection, probe)
  }
}

/** `postStart` and `preStop`; stopSignal is ignored by default in every version (gate ContainerStopSignals). */
export function inspectLifecycle(inspection: Inspection, spec: Field, container: Field): void {
  const lifecycle = at(container, 'lifecycle')
  const grace = integer(at(spec, 'terminationGracePeriodSeconds')) ?? defaultGracePeriod
  for (const key of ['postStart', 'preStop']) {
    const hook = at(lifecycle, key)
    if (mapOf(hook) === undefined) continue
    inspectHandler(inspection, hook, { name: 'invalid-lifecycle', keys: hookHandlers })
    if (isSet(at(hook, 'sleep'))) inspectSleep(inspection, at(hook, 'sleep', 'seconds'), grace)
  }
}

function inspectThreshold(inspection: Inspection, probe: Field): void {
  const field = at(probe, 'successThreshold')
  const threshold = integer(field)
  if (probe.key === 'readinessProbe' || threshold === undefined || threshold < 2) return
  inspection.refuse('invalid-probe', {
    at: field,
    message: `successThreshold of the ${probe.key} is ${quote(threshold)}, allowed: 1`,
    help: 'Only readiness probes may ask for several successes.',
  })
}

function inspectProbeGrace(inspection: Inspection, probe: Field): void {
  const field = at(probe, 'terminationGracePeriodSeconds')
  if (!isSet(field)) return
  if (probe.key === 'readinessProbe') {
    inspection.refuse('invalid-probe', {
      at: field,
      on: 'key',
      message: 'a readinessProbe must not have terminationGracePeriodSeconds',
      help: 'Remove it: a failed readiness probe ends no container.',
    })
  } else refuseOutside(inspection, field, { what: 'terminationGracePeriodSeconds', min: 1 })
}

function inspectHandler(
  inspection: Inspection,
  owner: Field,
  { name, keys }: { readonly name: RuleName; readonly keys: readonly string[] },
): void {
  const handler = refuseMoreThanOne(inspection, name, { field: owner, keys, what: String(owner.key) })
  if (handler === undefined) {
    inspection.refuse(name, {
      at: owner,
      message: `${owner.key} has no handler`,
      help: `Set one of ${keys.join(', ')}.`,
    })
    return
  }
  if (handler.key === 'exec') inspectExec(inspection, handler, name)
  if (handler.key === 'httpGet') inspectHttpGet(inspection, handler)
  if (handler.key === 'tcpSocket') refusePortFault(inspection, at(handler, 'port'), 'port')
  if (handler.key === 'grpc') refusePortNumber(inspection, at(handler, 'port'), 'port')
}

function inspectExec(inspection: Inspection, exec: Field, name: RuleName): void {
  const command = at(exec, 'command')
  if (mapOf(exec) === undefined || items(command).length > 0 || isMistyped(command, 'list')) return
  inspection.refuse(name, { at: exec, message: 'exec has no command', help: 'Set the command to run.' })
}

function inspectHttpGet(inspection: Inspection, httpGet: Field): void {
  refusePortFault(inspection, at(httpGet, 'port'), 'port')
  for (const header of items(at(httpGet, 'httpHeaders'))) {
    const field = at(header, 'name')
    refuseFault(inspection, 'invalid-probe', { field, what: 'HTTP header', check: httpHeaderFault })
  }
}

function inspectSleep(inspection: Inspection, field: Field, grace: number): void {
  const seconds = isSet(field) ? integer(field) : 0
  if (seconds === undefined) return
  const least = inspection.oldest >= 33 ? 0 : 1
  if (seconds >= least && seconds <= grace) return
  inspection.refuse('invalid-lifecycle', {
    at: field,
    message: `sleep of ${quote(seconds)} seconds must be between ${least} and ${grace}, the termination grace period`,
    help: 'Sleep less, or raise terminationGracePeriodSeconds.',
  })
}
