// ignoreDifferences against what renders: entries that match nothing, fields that the sync writes all the same, and fields
// that server-side apply takes from their controller.

import type { Diagnostic } from '../../../diagnostics/diagnostic.ts'
import { describeResource, groupOf, type Resource } from '../../../manifest/resource.ts'
import { bareTemplate } from '../../../argocd/simulate/application-set.ts'
import { derivedIgnoreDifferences } from '../../../argocd/ignored-differences.ts'
import { matchesGlob } from '../../../argocd/simulate/glob.ts'
import {
  ignoreEntriesOf,
  ignoredFieldsOf,
  ignoredPaths,
  objectsOf,
  type IgnoreEntry,
} from '../../../argocd/simulate/ignore-differences.ts'
import { isBrokenJq } from '../../../argocd/simulate/jq-path.ts'
import { syncOptionsOf } from '../../../argocd/simulate/read-argocd.ts'
import { kindMistake } from '../../../argocd/kind-mistake.ts'
import { report, type Check, type DeployedApplication } from './repository.ts'

/** What can never match is said of every Application; what matches nothing, of those whose objects are all known. */
export const checkIgnoredDifferences: Check = function* ({ applications, sets }) {
  for (const deployed of applications) {
    for (const entry of ignoreEntriesOf(deployed.application.object)) {
      yield* brokenExpressions(entry, deployed.application)
      const impossible = impossibleEntry(entry, deployed.application)
      yield* impossible
      if (impossible.length === 0 && deployed.complete) yield* entryFindings(entry, deployed)
    }
  }
  for (const { set, expansion } of sets) {
    const template = expansion.kind === 'expanded' ? undefined : bareTemplate(set)
    if (template === undefined) continue
    for (const entry of ignoreEntriesOf(template.object)) yield* impossibleEntry(entry, template)
  }
}

function* brokenExpressions(entry: IgnoreEntry, application: Resource): Iterable<Diagnostic> {
  for (const [index, path] of entry.jqPathExpressions.entries()) {
    if (!isBrokenJq(path)) continue
    yield report({
      code: 'argocd/ignored-difference',
      severity: 'error',
      at: { resource: application, pointer: `${entry.pointer}/jqPathExpressions/${index}` },
      message: `"${path}" is no jq expression, so Argo CD compares nothing of this Application`,
      help: 'Close its brackets and strings; Argo CD reports "failed to create diff normalizer".',
    })
  }
}

/** What no rendered object can make right: a kind or group that is none, a pointer that is none, nothing to ignore. */
function impossibleEntry(entry: IgnoreEntry, application: Resource): readonly Diagnostic[] {
  const code = 'argocd/ignored-difference'
  if (entry.kind.includes('{{') || entry.group.includes('{{')) return []
  const wrong = kindMistake(entry.group, entry.kind)
  if (wrong !== undefined) {
    const { field, message, help, severity = 'error' } = wrong
    const pointer = field === 'group' && entry.group === '' ? entry.pointer : `${entry.pointer}/${field}`
    return [report({ code, severity, at: { resource: application, pointer }, message, help })]
  }
  const { jsonPointers, jqPathExpressions, managedFieldsManagers } = entry
  if (jsonPointers.length + jqPathExpressions.length + managedFieldsManagers.length === 0) {
    return [
      report({
        code,
        severity: 'warning',
        at: { resource: application, pointer: entry.pointer },
        message: 'this entry names no field, so it ignores nothing',
        help: 'Add jsonPointers, jqPathExpressions or managedFieldsManagers.',
      }),
    ]
  }
  return jsonPointers.flatMap((path, index) =>
    path.startsWith('/') || path.includes('{{')
      ? []
      : [
          report({
            code,
            severity: 'error',
            at: { resource: application, pointer: `${entry.pointer}/jsonPointers/${index}` },
            message: `"${path}" is no JSON pointer, so it never matches`,
            help: 'Begin it with a slash: /spec/replicas.',
          }),
        ],
  )
}

function* entryFindings(entry: IgnoreEntry, deployed: DeployedApplication): Iterable<Diagnostic> {
  const { application } = deployed
  const objects = objectsOf(entry, deployed.resources, deployed.destination.namespace)
  if (objects.length === 0) {
    yield report({
      code: 'argocd/ignored-difference',
      severity: 'error',
      at: { resource: application, pointer: entry.pointer },
      message: `this entry matches no object of the Application: ${mismatch(entry, deployed.resources)}`,
      help: 'Name group, kind, name and namespace as rendered; the group has no version.',
    })
    return
  }
  const respected = syncOptionsOf(application.object).includes('RespectIgnoreDifferences=true')
  for (const object of objects) yield* pathFindings(entry, object, respected, application)
  for (const [index, manager] of entry.managedFieldsManagers.entries()) {
    yield report({
      code: 'argocd/ignored-difference',
      severity: 'info',
      at: { resource: application, pointer: `${entry.pointer}/managedFieldsManagers/${index}` },
      message: `which fields "${manager}" manages is not evaluated: only the cluster knows`,
      help: 'Nothing is said about what it matches.',
    })
  }
}

function mismatch(entry: IgnoreEntry, resources: readonly Resource[]): string {
  const ofKind = resources.filter(resource => matchesGlob(entry.kind, resource.kind))
  if (ofKind.length === 0) return `nothing of kind "${entry.kind}" renders`
  const groups = [...new Set(ofKind.map(resource => groupOf(resource.apiVersion)))]
  if (!groups.some(group => matchesGlob(entry.group, group)))
    return `group "${entry.group}" is not "${groups.join('" or "')}"`
  const named = ofKind.filter(resource => entry.name === '' || entry.name === resource.name)
  return named.length === 0
    ? `no ${entry.kind} is named "${entry.name}"`
    : `namespace "${entry.namespace}" is not "${named[0]?.namespace ?? ''}"`
}

function* pathFindings(
  entry: IgnoreEntry,
  object: Resource,
  respected: boolean,
  application: Resource,
): Iterable<Diagnostic> {
  for (const { path, fields, insideList } of ignoredPaths(entry, object)) {
    const at = { resource: application, pointer: entry.pointer }
    const related = [{ at: { resource: object, pointer: fields?.[0] ?? '' }, note: 'in Git' }]
    if (fields === undefined) {
      if (isBrokenJq(path)) continue
      yield report({
        code: 'argocd/ignored-difference',
        severity: 'info',
        at,
        message: `"${path}" is not evaluated: it is more than a path with select`,
        help: 'Nothing is said about what it matches.',
      })
    } else if (fields.length > 0 && !respected) {
      yield report({
        code: 'argocd/ignored-difference',
        severity: 'warning',
        at,
        message: `"${path}" of ${describeResource(object)} is ignored in the comparison only: every sync writes the value in Git all the same`,
        help: 'Add RespectIgnoreDifferences=true to the sync options, or remove the field from Git.',
        related,
      })
    } else if (fields.length > 0 && insideList) {
      yield report({
        code: 'argocd/ignored-difference',
        severity: 'warning',
        at,
        message: `"${path}" of ${describeResource(object)} is in a list; with RespectIgnoreDifferences the whole list comes from the cluster, and changes of it in Git are lost`,
        help: 'Remove the field from Git instead of ignoring it.',
        related,
      })
    }
  }
}

/** Server-side apply forces: it takes back every field in Git from whoever changed it (docs/user-guide/sync-options.md). */
export const checkServerSideConflicts: Check = function* ({ applications }) {
  for (const { application, resources } of applications) {
    if (!syncOptionsOf(application.object).includes('ServerSideApply=true')) continue
    const ignored = ignoredFieldsOf(application.object)
    for (const entry of derivedIgnoreDifferences(resources)) {
      const open = (entry.jsonPointers ?? []).filter(
        path =>
          !ignored.some(
            field =>
              field.jsonPointers.includes(path) &&
              matchesGlob(field.kind, entry.kind) &&
              matchesGlob(field.group, entry.group ?? '') &&
              (field.name === undefined || field.name === entry.name),
          ),
      )
      if (open.length === 0) continue
      const object = resources.find(resource => resource.kind === entry.kind && resource.name === entry.name)
      yield report({
        code: 'argocd/server-side-apply-conflict',
        severity: 'error',
        at: { resource: application, pointer: '/spec/syncPolicy/syncOptions' },
        message: `server-side apply takes "${open.join('", "')}" of ${entry.kind} "${entry.name ?? ''}" back from the controller that sets it, at every sync`,
        help: 'Remove the field from Git, or ignore it together with RespectIgnoreDifferences=true.',
        ...(object === undefined
          ? {}
          : { related: [{ at: { resource: object, pointer: open[0] ?? '' }, note: 'in Git' }] }),
      })
    }
  }
}
