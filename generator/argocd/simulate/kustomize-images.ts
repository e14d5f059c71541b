// `kustomize edit set image`, as far as what it makes of the `images` list (kustomize/commands/edit/set/setimage.go).

import { asMap, asString, type YamlMap, type YamlValue } from '../../manifest/value.ts'

interface Image {
  readonly name: string
  readonly newName: string
  readonly newTag: string
  readonly digest: string
}

/** The new list, sorted by name; a text that says which argument cannot be read. `*` keeps what the list had. */
export function editImages(images: readonly YamlValue[], written: readonly string[]): readonly YamlMap[] | string {
  const set = new Map<string, Image>()
  for (const argument of written) {
    const image = parseImage(argument)
    if (image === undefined)
      return `image "${argument}" is none of name=new:tag, name=new@digest, name:tag and name@digest`
    set.set(image.name, image)
  }
  const before = images.map(asMap)
  const kept = before.filter(image => !set.has(asString(image['name']) ?? ''))
  const changed = [...set.values()].map(image => {
    const old = asMap(before.find(({ name }) => name === image.name))
    return entryOf({
      name: image.name,
      newName: keep(image.newName, old['newName']),
      newTag: keep(image.newTag, old['newTag']),
      digest: keep(image.digest, old['digest']),
    })
  })
  return [...kept, ...changed].sort((a, b) => ((asString(a['name']) ?? '') < (asString(b['name']) ?? '') ? -1 : 1))
}

function keep(written: string, before: YamlValue | undefined): string {
  return written === '*' ? (asString(before) ?? '') : written
}

function entryOf({ name, newName, newTag, digest }: Image): YamlMap {
  return {
    ...(digest === '' ? {} : { digest }),
    name,
    ...(newName === '' ? {} : { newName }),
    ...(newTag === '' ? {} : { newTag }),
  }
}

function parseImage(argument: string): Image | undefined {
  const equals = argument.indexOf('=')
  if (equals >= 0) {
    const { name, tag, digest } = splitImage(argument.slice(equals + 1))
    return { name: argument.slice(0, equals), newName: name, newTag: tag, digest }
  }
  const { name, tag, digest } = splitImage(argument)
  return name === argument ? undefined : { name, newName: '', newTag: tag, digest }
}

/** Name, tag and digest; a colon before the last slash is a registry's port. */
function splitImage(reference: string): { readonly name: string; readonly tag: string; readonly digest: string } {
  const at = reference.indexOf('@')
  const tagged = at < 0 ? reference : reference.slice(0, at)
  const digest = at < 0 ? '' : reference.slice(at + 1)
  const colon = tagged.indexOf(':', tagged.lastIndexOf('/') + 1)
  if (colon < 0) return { name: tagged, tag: '', digest }
  return { name: tagged.slice(0, colon), tag: tagged.slice(colon + 1), digest }
}
