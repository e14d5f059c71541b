// A group and a kind in a list that Argo CD compares exactly, capitals included: kind lists of projects, ignoreDifferences,
// exceptions for orphaned objects. What can never match is said without knowing what renders.

import { hint, suggest } from '../diagnostics/suggest.ts'
import { builtInGroups, builtInGroupsOf, builtInKindsOf } from '../manifest/built-in-kinds.ts'

export interface KindMistake {
  readonly field: 'group' | 'kind'
  /** An error where absent. */
  readonly severity?: 'warning'
  readonly message: string
  readonly help: string
}

const isPattern = (text: string): boolean => /[*?[\]{}\\]/.test(text)

/** Why an entry never matches; undefined where it may. Patterns are taken to match. */
export function kindMistake(group: string, kind: string): KindMistake | undefined {
  return groupMistake(group, kind) ?? wrongKind(group, kind)
}

function groupMistake(group: string, kind: string): KindMistake | undefined {
  if (isPattern(group)) return undefined
  if (/^v\d/.test(group) || group === 'core') {
    return {
      field: 'group',
      message: `"${group}" is not the core group, so the entry never matches`,
      help: 'Write an empty group: "".',
    }
  }
  if (group.includes('/')) {
    return {
      field: 'group',
      message: `group "${group}" has a version, so the entry never matches`,
      help: `Write "${group.slice(0, group.indexOf('/'))}".`,
    }
  }
  if (group !== group.toLowerCase()) {
    return {
      field: 'group',
      message: `group "${group}" has capitals, so the entry never matches`,
      help: `Write "${group.toLowerCase()}".`,
    }
  }
  return otherGroup(group, kind)
}

/** A built-in kind under a group that has none of the name, or under a group that is nearly one of Kubernetes'. */
function otherGroup(group: string, kind: string): KindMistake | undefined {
  const groups = builtInGroupsOf(kind).filter(name => name !== 'extensions')
  if (groups.length === 0 || builtInGroupsOf(kind).includes(group)) return undefined
  const known = builtInKindsOf(group) !== undefined
  // Another group may have a kind of the same name: Knative's Service, Volcano's Job.
  if (!known && suggest(group, builtInGroups) === undefined && !group.endsWith('.k8s.io')) return undefined
  const written = group === '' ? 'the core group' : `group "${group}"`
  return {
    field: 'group',
    message: `kind "${kind}" is not in ${written}, so the entry never matches${hint(group, groups)}`,
    help: `Write group ${groups.map(name => `"${name}"`).join(' or ')}.`,
  }
}

function wrongKind(group: string, kind: string): KindMistake | undefined {
  if (kind === '' || isPattern(kind) || isPattern(group)) return undefined
  const kinds = builtInKindsOf(group)
  if (kinds === undefined) return customKind(kind)
  if (kinds.includes(kind)) return undefined
  const meant =
    asWritten(kind, kinds) ??
    asWritten(
      kind,
      builtInGroups.flatMap(name => builtInKindsOf(name) ?? []),
    )
  const near = meant ?? suggest(kind, kinds)
  const written = group === '' ? 'the core group' : `group "${group}"`
  return {
    field: 'kind',
    ...(near === undefined ? { severity: 'warning' as const } : {}),
    message: `${written} has no kind "${kind}", so the entry never matches${near === undefined ? '' : `, did you mean "${near}"?`}`,
    help: 'Write the kind as manifests do: singular, in capitals and small letters.',
  }
}

/** Of kinds that are not known only the form can be judged: no API writes them small. */
function customKind(kind: string): KindMistake | undefined {
  if (!/^[a-z]/.test(kind)) return undefined
  return {
    field: 'kind',
    severity: 'warning',
    message: `kind "${kind}" begins with a small letter, and Argo CD compares exactly, so the entry hardly matches`,
    help: 'Write the kind as manifests do: singular, in capitals and small letters.',
  }
}

/** The kind that was meant by its plural, or by other capitals. */
function asWritten(kind: string, kinds: readonly string[]): string | undefined {
  const letters = kind.toLowerCase()
  return kinds.find(candidate => [candidate, ...pluralsOf(candidate)].some(form => form.toLowerCase() === letters))
}

function pluralsOf(kind: string): readonly string[] {
  return [`${kind}s`, `${kind}es`, kind.replace(/y$/, 'ies')]
}
