// Environment variables of containers.
// Follows pkg/apis/core/validation/validation.go (ValidateEnv, ValidateEnvFrom, validateEnvVarValueFrom, validateFileKeyRefVolumes).
// Names may be any printable ASCII since Kubernetes 1.32 (gate RelaxedEnvironmentVariableValidation).

import {
  configKeyFault,
  dns1123LabelFault,
  dns1123SubdomainFault,
  environmentNameFault,
  relaxedEnvironmentNameFault,
  type NameCheck,
} from '../../../../manifest/names.ts'
import { at, isSet, items, mapOf, text, type Field } from '../field.ts'
import { quote, refuseEmpty, refuseFault, refuseMoreThanOne, refuseNameFault, type Inspection } from '../inspection.ts'
import { inspectFieldRef, inspectResourceFieldRef } from './field-reference.ts'
import type { PodContext } from './pod-context.ts'

const sources = ['fieldRef', 'resourceFieldRef', 'configMapKeyRef', 'secretKeyRef']
/** Before, the server drops such a source (gate EnvFiles) and finds none. */
const filesSince = 35

/** `env` and `envFrom` of a container. */
export function inspectEnvironment(inspection: Inspection, pod: PodContext, container: Field): void {
  const check = inspection.oldest >= 32 ? relaxedEnvironmentNameFault : environmentNameFault
  for (const variable of items(at(container, 'env'))) {
    const name = at(variable, 'name')
    refuseEmpty(inspection, name, { what: 'name of the environment variable', inSchema: true })
    refuseNameFault(inspection, 'invalid-environment-name', { field: name, what: 'environment variable', check })
    inspectValueFrom(inspection, pod, variable)
  }
  for (const source of items(at(container, 'envFrom'))) inspectEnvFrom(inspection, source, check)
}

function inspectValueFrom(inspection: Inspection, pod: PodContext, variable: Field): void {
  const valueFrom = at(variable, 'valueFrom')
  if (mapOf(valueFrom) === undefined) return
  const source = refuseMoreThanOne(inspection, 'invalid-environment-source', {
    field: valueFrom,
    keys: inspection.oldest >= filesSince ? [...sources, 'fileKeyRef'] : sources,
    what: 'valueFrom',
  })
  const name = quote(text(at(variable, 'name')))
  if (source === undefined) {
    inspection.refuse('invalid-environment-source', {
      at: valueFrom,
      message: `valueFrom of ${name} names no source`,
      help: `Set one of ${sources.join(', ')}.`,
    })
  } else if (text(at(variable, 'value')) !== '') {
    inspection.refuse('invalid-environment-source', {
      at: valueFrom,
      on: 'key',
      message: `environment variable ${name} has both value and valueFrom`,
      help: 'Keep one of value and valueFrom.',
    })
  }
  inspectFieldRef(inspection, at(valueFrom, 'fieldRef'), 'variable')
  inspectResourceFieldRef(inspection, at(valueFrom, 'resourceFieldRef'), 'variable')
  inspectKeyRef(inspection, at(valueFrom, 'configMapKeyRef'))
  inspectKeyRef(inspection, at(valueFrom, 'secretKeyRef'))
  if (inspection.oldest >= filesSince) inspectFileKeyRef(inspection, pod, at(valueFrom, 'fileKeyRef'))
}

function inspectKeyRef(inspection: Inspection, ref: Field): void {
  if (mapOf(ref) === undefined) return
  const name = at(ref, 'name')
  refuseEmpty(inspection, name, { what: `name of ${ref.key}` })
  refuseNameFault(inspection, 'invalid-reference-name', { field: name, what: 'name', check: dns1123SubdomainFault })
  refuseEmpty(inspection, at(ref, 'key'), { what: `key of ${ref.key}`, inSchema: true })
  refuseNameFault(inspection, 'invalid-data-key', { field: at(ref, 'key'), what: 'key', check: configKeyFault })
}

function inspectFileKeyRef(inspection: Inspection, pod: PodContext, ref: Field): void {
  if (mapOf(ref) === undefined) return
  const volume = at(ref, 'volumeName')
  refuseNameFault(inspection, 'invalid-reference-name', {
    field: volume,
    what: 'volumeName',
    check: dns1123LabelFault,
  })
  refuseFault(inspection, 'invalid-environment-name', {
    field: at(ref, 'key'),
    what: 'key',
    check: relaxedEnvironmentNameFault,
  })
  const source = pod.volumes.get(text(volume))
  if (source === undefined) {
    inspection.refuse('unknown-volume', {
      at: volume,
      message: `volume ${quote(text(volume))} is not declared by the pod`,
    })
  } else if (source !== 'emptyDir') {
    inspection.refuse('invalid-environment-source', {
      at: volume,
      message: `volume ${quote(text(volume))} must be an emptyDir to hold environment files`,
    })
  }
}

function inspectEnvFrom(inspection: Inspection, source: Field, check: NameCheck): void {
  refuseNameFault(inspection, 'invalid-environment-name', { field: at(source, 'prefix'), what: 'prefix', check })
  const keys = ['configMapRef', 'secretRef']
  const ref = refuseMoreThanOne(inspection, 'invalid-environment-source', { field: source, keys, what: 'envFrom' })
  if (ref === undefined && mapOf(source) !== undefined) {
    inspection.refuse('invalid-environment-source', {
      at: source,
      message: 'entry of envFrom names no source',
      help: 'Set configMapRef or secretRef.',
    })
  }
  for (const key of keys) {
    const field = at(source, key)
    if (!isSet(field)) continue
    refuseEmpty(inspection, at(field, 'name'), { what: `name of ${key}` })
    refuseNameFault(inspection, 'invalid-reference-name', {
      field: at(field, 'name'),
      what: 'name',
      check: dns1123SubdomainFault,
    })
  }
}
