// `images:`: new names, tags and digests for container images.
// Follows api/filters/imagetag (imagetag.go, legacy.go, updater.go) and api/internal/image/image.go.

import { isList, isMap } from '../../manifest/value.ts'
import type { MutableValue } from '../../merge/mutable.ts'
import { refuse } from '../build-fault.ts'
import type { BuildResource } from '../build-resource.ts'
import { placedSlot, visitFields, type FieldSpec, type Slot } from '../field-spec.ts'
import type { ImageArgs } from '../kustomization-file.ts'
import { compileExpression } from '../selector.ts'
import { setUntyped, slotText } from '../untyped-text.ts'

/** Whether any image matched. */
export function setImages(
  resources: readonly BuildResource[],
  image: ImageArgs,
  fieldSpecs: readonly FieldSpec[],
): boolean {
  const { name = '' } = image
  let matched = false
  const isNamed = nameTest(name)
  const update = (slot: Slot): void => {
    const text = updated(slot, image, isNamed)
    if (text === undefined) return
    matched = true
    setUntyped(slot, text)
  }
  for (const resource of resources) {
    if (resource.kind === 'CustomResourceDefinition') continue
    updateContainers(resource.edit(), update)
  }
  for (const resource of resources) {
    if (resource.kind === 'CustomResourceDefinition') continue
    visitFields(resource.edit(), resource.gvk, fieldSpecs, {
      visit: update,
    })
  }
  return matched
}

const version = '(:[a-zA-Z0-9_.{}-]*)?(@sha256:[a-zA-Z0-9_.{}-]*)?$'
const versionAlone = new RegExp(`^${version}`, 'u')

/** The name is a regular expression; most are plain text, for which none has to be compiled. */
function nameTest(name: string): (text: string) => boolean {
  if (/^[\w/-]+$/.test(name)) return text => text.startsWith(name) && versionAlone.test(text.slice(name.length))
  return compileExpression(`^${name}${version}`, name)
}

/** Every `image` in a list called containers or initContainers, wherever it stands. */
function updateContainers(value: MutableValue | undefined, update: (image: Slot) => void): void {
  if (isList(value)) {
    for (const item of value) if (typeof item === 'object') updateContainers(item as MutableValue, update)
    return
  }
  if (!isMap(value)) return
  for (const key of Object.keys(value)) {
    const field = value[key] as MutableValue | undefined
    if (typeof field !== 'object') continue
    updateContainers(field, update)
    if ((key === 'containers' || key === 'initContainers') && Array.isArray(field)) updateList(field, update)
  }
}

function updateList(list: MutableValue[], update: (image: Slot) => void): void {
  for (const container of list) {
    if (container === null || container === undefined) continue
    if (!isMap(container)) refuse('kustomize/field-path', 'a list of containers holds something that is not a map')
    if (Object.hasOwn(container, 'image')) update(placedSlot(container, 'image'))
  }
}

function updated(slot: Slot, image: ImageArgs, isNamed: (text: string) => boolean): string | undefined {
  const value = slot.get()
  if (isMap(value) || isList(value))
    return refuse('kustomize/field-path', 'an image field holds a map or list, only text can be an image')
  const text = typeof value === 'string' ? value : slotText(slot)
  return isNamed(text) ? withImage(text, image) : undefined
}

function withImage(text: string, { newName, newTag, digest, tagSuffix }: ImageArgs): string {
  const old = splitImage(text)
  const name = newName === undefined || newName === '' ? old.name : newName
  const given = (part: string | undefined): string => part ?? ''
  const [tag, newDigest] =
    given(newTag) !== '' || given(digest) !== ''
      ? [given(newTag), given(digest)]
      : given(tagSuffix) !== ''
        ? [old.tag + given(tagSuffix), '']
        : [old.tag, old.digest]
  return name + (tag === '' ? '' : `:${tag}`) + (newDigest === '' ? '' : `@${newDigest}`)
}

/** A colon before the first slash belongs to the registry. */
function splitImage(text: string): { readonly name: string; readonly tag: string; readonly digest: string } {
  const slash = Math.max(text.indexOf('/'), 0)
  const at = text.indexOf('@', slash)
  const colon = text.indexOf(':', slash)
  if (at < 0 && colon < 0) return { name: text, tag: '', digest: '' }
  if (at >= 0 && (colon < 0 || at < colon)) return { name: text.slice(0, at), tag: '', digest: text.slice(at + 1) }
  if (at < 0) return { name: text.slice(0, colon), tag: text.slice(colon + 1), digest: '' }
  return { name: text.slice(0, colon), tag: text.slice(colon + 1, at), digest: text.slice(at + 1) }
}
