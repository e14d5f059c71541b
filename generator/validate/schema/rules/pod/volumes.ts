// Volumes of a pod: names, exactly one source, and what each source demands.
// Follows pkg/apis/core/validation/validation.go (ValidateVolumes, validateVolumeSource). A volume without a source is an
// emptyDir: the server sets that default first (pkg/apis/core/v1/defaults.go, SetDefaults_Volume).

import { dns1123LabelFault, dns1123SubdomainFault } from '../../../../manifest/names.ts'
import { quantityOf } from '../../../../manifest/quantity.ts'
import { at, isSet, items, mapOf, optionalText, text, type Field } from '../field.ts'
import { quote, refuseEmpty, refuseFault, refuseMoreThanOne, refuseNameFault, type Inspection } from '../inspection.ts'
import { inspectClaimSpec } from '../volume-claim.ts'
import { inspectTemplateMetadata } from '../metadata.ts'
import type { DeclaredVolumes } from './pod-context.ts'
import { inspectDownwardFiles, inspectKeysToPaths, refuseFileMode } from './volume-files.ts'
import { inspectProjected } from './projected-volume.ts'
import { descendingPathFault, hasBackstep } from './volume-paths.ts'
import { inspectNetworkVolume } from './network-volumes.ts'
import { inspectVendorVolume } from './vendor-volumes.ts'
import { volumeSources } from './volume-sources.ts'

/** Before 1.35 the server ignores image volumes (gate ImageVolume). */
const imageVolumesSince = 35

/** Inspects all volumes of a pod, and says which there are. */
export function inspectVolumes(
  inspection: Inspection,
  pod: { readonly spec: Field; readonly metadata: Field; readonly isPod: boolean; readonly claims?: readonly string[] },
): DeclaredVolumes {
  const declared = new Map((pod.claims ?? []).map(name => [name, 'persistentVolumeClaim']))
  const fromTemplates = new Set(declared.keys())
  const names = new Set<string>()
  for (const volume of items(at(pod.spec, 'volumes'))) {
    const field = at(volume, 'name')
    const name = optionalText(field)
    if (name !== undefined && fromTemplates.has(name)) continue
    const source = inspectVolume(inspection, volume, pod)
    if (name === undefined) continue
    if (names.has(name)) {
      inspection.refuse('duplicate-entry', {
        at: field,
        message: `volume name ${quote(name)} is used twice in the pod`,
        help: 'Give every volume a name of its own.',
      })
    }
    names.add(name)
    declared.set(name, source)
  }
  return declared
}

function inspectVolume(inspection: Inspection, volume: Field, { isPod }: { readonly isPod: boolean }): string {
  const name = at(volume, 'name')
  if (mapOf(volume) === undefined) return 'emptyDir'
  if (isSet(at(volume, 'image')) && inspection.oldest < imageVolumesSince) return 'image'
  refuseEmpty(inspection, name, { what: 'name of the volume', inSchema: true })
  refuseNameFault(inspection, 'invalid-volume', { field: name, what: 'volume name', check: dns1123LabelFault })
  const source = refuseMoreThanOne(inspection, 'invalid-volume', {
    field: volume,
    keys: volumeSources.map(([key]) => key),
    what: `volume ${quote(text(name))}`,
  })
  if (source === undefined) return 'emptyDir'
  for (const key of volumeSources.find(([kind]) => kind === source.key)?.[1] ?? []) {
    if (key === 'reference' && !isPod) continue
    refuseEmpty(inspection, at(source, key), {
      what: `${key} of ${source.key}`,
      inSchema: isRequiredBySchema(source, key),
    })
  }
  inspectSource(inspection, source)
  return String(source.key)
}

/** Source fields that the schema already requires. */
function isRequiredBySchema(source: Field, key: string): boolean {
  return !(
    source.key === 'secret' ||
    source.key === 'configMap' ||
    key === 'volumeClaimTemplate' ||
    key === 'volumeName' ||
    key === 'reference'
  )
}

function inspectSource(inspection: Inspection, source: Field): void {
  switch (source.key) {
    case 'emptyDir':
      inspectSizeLimit(inspection, at(source, 'sizeLimit'))
      break
    case 'secret':
    case 'configMap':
      refuseFileMode(inspection, at(source, 'defaultMode'))
      inspectKeysToPaths(inspection, at(source, 'items'))
      break
    case 'downwardAPI':
      refuseFileMode(inspection, at(source, 'defaultMode'))
      inspectDownwardFiles(inspection, at(source, 'items'))
      break
    case 'projected':
      inspectProjected(inspection, source)
      break
    case 'ephemeral':
      inspectClaimTemplate(inspection, at(source, 'volumeClaimTemplate'))
      break
    default:
      inspectOtherSource(inspection, source)
  }
}

function inspectOtherSource(inspection: Inspection, source: Field): void {
  const path = at(source, 'path')
  if (source.key === 'hostPath' && hasBackstep(text(path))) {
    inspection.refuse('invalid-volume-path', {
      at: path,
      message: `path of hostPath ${quote(text(path))} must not contain ".."`,
    })
  }
  if (source.key === 'nfs' && text(path) !== '' && !text(path).startsWith('/')) {
    inspection.refuse('invalid-volume-path', { at: path, message: `path of nfs ${quote(text(path))} must be absolute` })
  }
  if (source.key === 'gitRepo') {
    const directory = at(source, 'directory')
    const fault = descendingPathFault(text(directory))
    if (fault !== undefined) {
      inspection.refuse('invalid-volume-path', {
        at: directory,
        message: `directory ${quote(text(directory))} ${fault}`,
      })
    }
  }
  if (source.key === 'csi') inspectCsi(inspection, source)
  inspectNetworkVolume(inspection, source, false)
  inspectVendorVolume(inspection, source, false)
}

function inspectCsi(inspection: Inspection, source: Field): void {
  refuseNameFault(inspection, 'invalid-volume', { field: at(source, 'driver'), what: 'driver', check: csiDriverFault })
  const secret = at(source, 'nodePublishSecretRef')
  if (!isSet(secret)) return
  refuseEmpty(inspection, at(secret, 'name'), { what: 'name of nodePublishSecretRef' })
  refuseFault(inspection, 'invalid-reference-name', {
    field: at(secret, 'name'),
    what: 'name of nodePublishSecretRef',
    check: value => (value === '' ? undefined : dns1123SubdomainFault(value)),
  })
}

/** The name of a CSI driver: a DNS subdomain of at most 63 characters, in any case. */
export function csiDriverFault(value: string): string | undefined {
  return value.length > 63 ? 'must have no more than 63 characters' : dns1123SubdomainFault(value.toLowerCase())
}

function inspectSizeLimit(inspection: Inspection, field: Field): void {
  const limit = quantityOf(field.value)
  if (limit === undefined || limit.nanos >= 0n) return
  inspection.refuse('invalid-resource-amount', {
    at: field,
    message: `sizeLimit ${quote(field.value)} must not be negative`,
  })
}

/** A claim template of an ephemeral volume. */
function inspectClaimTemplate(inspection: Inspection, template: Field): void {
  if (mapOf(template) === undefined) return
  inspectTemplateMetadata(inspection, at(template, 'metadata'), 'the claim template of an ephemeral volume')
  inspectClaimSpec(inspection, at(template, 'spec'))
}
