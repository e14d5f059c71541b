// Volume sources of storage networks, in pods and in PersistentVolumes: iSCSI, Fibre Channel, and the ones that are only found in
// old manifests. Follows pkg/apis/core/validation/validation.go (validateISCSIVolumeSource, validateISCSIPersistentVolumeSource,
// validateFCVolumeSource, validateFlockerVolumeSource, validateQuobyteVolumeSource).

import { at, count, isSet, isTrue, optionalText, text, type Field } from '../field.ts'
import { quote, refuseEmpty, refuseOutside, type Inspection } from '../inspection.ts'

const name = 'invalid-volume'
const portalNames: readonly (readonly [prefix: string, pattern: RegExp])[] = [
  ['iqn', /iqn\.\d{4}-\d{2}\.[A-Za-z0-9.-]+:[^,;*&$|\s]+$/],
  ['eui', /^eui.[A-Za-z0-9]{16}$/],
  ['naa', /^naa.[A-Za-z0-9]{32}$/],
]

/**
 * What is particular to one of these sources; others are left alone.
 *
 * @param persistent whether the source is a PersistentVolume's
 */
export function inspectNetworkVolume(inspection: Inspection, source: Field, persistent: boolean): void {
  if (source.key === 'iscsi') inspectIscsi(inspection, source, persistent)
  if (source.key === 'fc') inspectFibreChannel(inspection, source)
  if (source.key === 'flocker') inspectFlocker(inspection, source)
  if (source.key === 'quobyte') inspectQuobyte(inspection, source)
}

function inspectIscsi(inspection: Inspection, iscsi: Field, persistent: boolean): void {
  for (const field of ['iqn', 'initiatorName'].map(key => at(iscsi, key))) {
    const value = optionalText(field)
    const isName = portalNames.some(([prefix, pattern]) => value?.startsWith(prefix) === true && pattern.test(value))
    if (value === undefined || value === '' || isName) continue
    inspection.refuse(name, { at: field, message: `${field.key} ${quote(value)} is not an iqn, eui or naa name` })
  }
  refuseOutside(inspection, at(iscsi, 'lun'), { what: 'lun', min: 0, max: 255 })
  const secret = at(iscsi, 'secretRef')
  if (persistent && isSet(secret)) refuseEmpty(inspection, at(secret, 'name'), { what: 'name of secretRef' })
  const usesChap = isTrue(at(iscsi, 'chapAuthDiscovery')) || isTrue(at(iscsi, 'chapAuthSession'))
  if (!usesChap || isSet(secret)) return
  inspection.refuse('missing-value', { at: iscsi, message: 'CHAP authentication needs secretRef' })
}

function inspectFibreChannel(inspection: Inspection, channel: Field): void {
  const targets = at(channel, 'targetWWNs')
  const lun = at(channel, 'lun')
  if (count(targets) > 0 === count(at(channel, 'wwids')) > 0) {
    inspection.refuse(name, { at: channel, message: 'fc must have exactly one of targetWWNs and wwids' })
  }
  if (count(targets) === 0) return
  refuseOutside(inspection, lun, { what: 'lun', min: 0, max: 255 })
  if (!isSet(lun)) inspection.refuse('missing-value', { at: channel, message: 'targetWWNs need lun' })
}

function inspectFlocker(inspection: Inspection, flocker: Field): void {
  const dataset = at(flocker, 'datasetName')
  if ((text(dataset) !== '') === (text(at(flocker, 'datasetUUID')) !== '')) {
    inspection.refuse(name, { at: flocker, message: 'flocker must have exactly one of datasetName and datasetUUID' })
  }
  if (!text(dataset).includes('/')) return
  inspection.refuse(name, { at: dataset, message: `datasetName ${quote(text(dataset))} must not contain "/"` })
}

function inspectQuobyte(inspection: Inspection, quobyte: Field): void {
  const registry = at(quobyte, 'registry')
  if (
    text(registry) !== '' &&
    !text(registry)
      .split(',')
      .every(pair => /^[^:]+:[^:]*$/.test(pair))
  ) {
    inspection.refuse(name, { at: registry, message: `registry ${quote(text(registry))} must be host:port pairs` })
  }
  const tenant = at(quobyte, 'tenant')
  if (text(tenant).length <= 64) return
  inspection.refuse(name, { at: tenant, message: 'tenant must have no more than 64 characters' })
}
