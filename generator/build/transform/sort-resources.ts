// The order objects are printed in: as they were added (`fifo`), or by kind (`legacy`, kustomize's default).
// Follows api/internal/builtins/SortOrderTransformer.go.

import { refuse } from '../build-fault.ts'
import { idText, type BuildResource, type ResourceId } from '../build-resource.ts'
import { compareText, gvkSortText, kindRanks, legacyOrder } from '../gvk.ts'
import type { SortOptions } from '../kustomization-file.ts'

export function sortResources(resources: readonly BuildResource[], options: SortOptions): readonly BuildResource[] {
  const { order = '', legacySortOptions } = options
  if (order !== 'legacy' && order !== 'fifo') {
    refuse('kustomize/sort-order', `sortOptions.order is "${order}", allowed: fifo, legacy`, {
      help: 'Write one of the two.',
    })
  }
  if (order === 'fifo') {
    if (legacySortOptions !== undefined) {
      refuse(
        'kustomize/sort-order',
        "the field 'sortOptions.legacySortOptions' is set but the selected sort order is 'fifo', not 'legacy'",
        {
          help: 'Remove "legacySortOptions", or write "order: legacy".',
        },
      )
    }
    return resources
  }
  const ranks =
    legacySortOptions === undefined
      ? kindRanks(legacyOrder.first, legacyOrder.last)
      : kindRanks(legacySortOptions.orderFirst ?? [], legacySortOptions.orderLast ?? [])
  return resources
    .map(resource => ({ resource, id: resource.id, text: sortText(resource.id) }))
    .toSorted((a, b) => compareIds(a, b, ranks))
    .map(({ resource }) => resource)
}

interface Sorted {
  readonly id: ResourceId
  readonly text: string
}

function compareIds(a: Sorted, b: Sorted, ranks: ReadonlyMap<string, number>): number {
  if (sameGvk(a.id, b.id)) return compareText(a.text, b.text)
  const byRank = (ranks.get(a.id.kind) ?? 0) - (ranks.get(b.id.kind) ?? 0)
  if (byRank !== 0) return byRank
  const byKind = compareText(gvkSortText(a.id), gvkSortText(b.id))
  // Among Namespaces, those of the core group come before those of other groups.
  const coreFirst = a.id.kind === 'Namespace' && b.id.kind === 'Namespace' && (a.id.group === '' || b.id.group === '')
  return coreFirst ? -byKind : byKind
}

function sameGvk(a: ResourceId, b: ResourceId): boolean {
  return a.kind === b.kind && a.group === b.group && a.version === b.version
}

function sortText(id: ResourceId): string {
  const kind = idText({ ...id, name: '', namespace: '' }).split('/')[0] ?? ''
  return `${kind}|${id.namespace || '~X'}|${id.name || '~N'}`
}
