// From a place in a rendered object to the file a person would open: where a value was given last, or, for a map or list (something
// is missing in it), where the object itself was written.

import type { Builder } from '../build/build-kustomization.ts'
import type { SourceLocation } from '../diagnostics/diagnostic.ts'
import { valueAt } from '../manifest/pointer.ts'
import type { Resource } from '../manifest/resource.ts'

/** The file behind a place in what the builder rendered; undefined where it cannot say. */
export function renderedOrigins(
  builder: Builder,
  resources: Iterable<Resource>,
): (at: SourceLocation) => SourceLocation | undefined {
  let objects: ReadonlyMap<string, Resource> | undefined
  return at => {
    objects ??= new Map([...resources].map(resource => [placeKey(resource.source), resource]))
    const resource = objects.get(placeKey(at))
    if (resource === undefined) return undefined
    const steps = builder.originOf(at)
    const value = valueAt(resource.object, at.pointer)
    const scalar = value === null || (value !== undefined && typeof value !== 'object')
    const written = steps.find(({ kind }) => kind === 'resource' || kind === 'generator')
    const step = scalar ? steps.at(-1) : (written ?? steps.at(-1))
    return step === undefined ? undefined : { ...step.at, ...(at.on === undefined ? {} : { on: at.on }) }
  }
}

function placeKey({ file, document }: Pick<SourceLocation, 'file' | 'document'>): string {
  return `${document} ${file}`
}
