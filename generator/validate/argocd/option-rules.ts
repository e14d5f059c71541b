// Sync and compare options: exact strings, read at one level or at both. What is misspelt, or on the wrong level, is ignored
// without a message (gitops-engine/pkg/sync/common/types.go, controller/sync.go, docs/user-guide/sync-options.md).

import { hint } from '../../diagnostics/suggest.ts'
import { pointer } from '../../manifest/pointer.ts'
import { groupOf, type Resource } from '../../manifest/resource.ts'
import { asList, asMap, asString, type YamlValue } from '../../manifest/value.ts'
import { annotationValues, compareOptionsAnnotation, syncOptionsAnnotation } from '../../argocd/simulate/hooks.ts'
import { isApplication } from '../../argocd/simulate/read-argocd.ts'
import type { Finding, Rule } from '../rule.ts'
import { annotationPlace, rawAnnotation } from './annotation-place.ts'
import { applicationKinds } from './argo-kinds.ts'
import { isProduction } from './is-production.ts'
import { jsonText } from '../../manifest/json-text.ts'

const both = ['true', 'false']
const confirmed = ['true', 'false', 'confirm']

/** Options Argo CD reads from an object's annotation, with their values. */
const objectOptions: Readonly<Record<string, readonly string[]>> = {
  ApplyOutOfSyncOnly: both,
  ClientSideApplyMigration: both,
  Delete: confirmed,
  Force: both,
  Prune: confirmed,
  PruneLast: both,
  Replace: both,
  ServerSideApply: both,
  SkipDryRunOnMissingResource: both,
  Validate: both,
}

/** Options Argo CD reads from an Application's syncPolicy, with their values. */
const applicationOptions: Readonly<Record<string, readonly string[]>> = {
  ApplyOutOfSyncOnly: both,
  ClientSideApplyMigration: both,
  CreateNamespace: both,
  Delete: confirmed,
  FailOnSharedResource: both,
  Prune: confirmed,
  PruneLast: both,
  PrunePropagationPolicy: ['background', 'foreground', 'orphan'],
  Replace: both,
  RespectIgnoreDifferences: both,
  ServerSideApply: both,
  SkipDryRunOnMissingResource: both,
  Validate: both,
}

type Options = Readonly<Record<string, readonly string[]>>

export const syncOption: Rule = {
  code: 'argocd/sync-option',
  severity: 'error',
  summary: 'Sync options are ones Argo CD reads, spelt exactly and on the level where it reads them.',
  kinds: applicationKinds,
  annotated: true,
  appliesTo: resource => isApplication(resource) || rawAnnotation(resource, syncOptionsAnnotation) !== undefined,
  *check(resource) {
    const at = annotationPlace(resource, syncOptionsAnnotation)
    for (const option of annotationValues(resource, syncOptionsAnnotation)) {
      const wrong = judge(option, objectOptions, applicationOptions, 'an Application')
      if (wrong !== undefined) yield { at, ...wrong }
    }
    for (const [index, value] of applicationSyncOptions(resource).entries()) {
      const wrong = judge(asString(value) ?? jsonText(value), applicationOptions, objectOptions, 'an object')
      if (wrong !== undefined)
        yield { at: { resource, pointer: pointer('spec', 'syncPolicy', 'syncOptions', index) }, ...wrong }
    }
  },
}

function applicationSyncOptions(resource: Resource): readonly YamlValue[] {
  if (!isApplication(resource)) return []
  return asList(asMap(asMap(resource.object['spec'])['syncPolicy'])['syncOptions'])
}

function judge(option: string, here: Options, elsewhere: Options, level: string): Omit<Finding, 'at'> | undefined {
  const [name = '', value] = option.split('=', 2)
  const values = here[name]
  if (values !== undefined && value !== undefined && values.includes(value)) return undefined
  if (values !== undefined) {
    const spelt = values.map(allowed => `${name}=${allowed}`)
    return {
      message: `sync option "${option}" is ignored by Argo CD${hint(option, spelt)}`,
      help: 'Write the value exactly, in lower case.',
    }
  }
  if (elsewhere[name] !== undefined) {
    return {
      severity: 'warning',
      message: `sync option "${option}" is read only on ${level}, and ignored here`,
      help: `Move it to ${level}, or remove it.`,
    }
  }
  const all = Object.entries(here).flatMap(([known, allowed]) => allowed.map(item => `${known}=${item}`))
  return {
    message: `sync option "${option}" is unknown to Argo CD and ignored${hint(option, all)}`,
    help: 'Write an option of the documentation exactly.',
  }
}

const objectCompareOptions = ['IgnoreExtraneous']
const applicationCompareOptions = ['IncludeMutationWebhook=true', 'ServerSideDiff=false', 'ServerSideDiff=true']

export const compareOption: Rule = {
  code: 'argocd/compare-option',
  severity: 'warning',
  summary: 'Compare options are ones Argo CD reads, on the level where it reads them.',
  annotated: true,
  appliesTo: resource => rawAnnotation(resource, compareOptionsAnnotation) !== undefined,
  *check(resource) {
    const ofApplication = isApplication(resource)
    const known = ofApplication ? [...applicationCompareOptions, ...objectCompareOptions] : objectCompareOptions
    for (const option of annotationValues(resource, compareOptionsAnnotation)) {
      if (known.includes(option)) continue
      const misplaced = !ofApplication && applicationCompareOptions.includes(option)
      yield {
        at: annotationPlace(resource, compareOptionsAnnotation),
        message: misplaced
          ? `compare option "${option}" is read only on an Application, and ignored here`
          : `compare option "${option}" is unknown to Argo CD and ignored${hint(option, known)}`,
        help: misplaced ? 'Move it to the Application.' : 'Write the option exactly.',
      }
    }
  },
}

/** Kinds whose objects lose nothing when they are deleted and made anew. */
const replaceable = new Set(['batch/Job', '/Pod', '/ConfigMap', 'argoproj.io/Workflow'])

export const destructiveSyncOption: Rule = {
  code: 'argocd/destructive-sync-option',
  severity: 'error',
  summary: 'Only Jobs and their like are replaced or deleted and recreated by a sync.',
  kinds: applicationKinds,
  annotated: true,
  appliesTo: resource => rawAnnotation(resource, syncOptionsAnnotation) !== undefined || isApplication(resource),
  *check(resource) {
    const options = annotationValues(resource, syncOptionsAnnotation).filter(isDestructive)
    if (options.length > 0 && !replaceable.has(`${groupOf(resource.apiVersion)}/${resource.kind}`)) {
      yield {
        at: annotationPlace(resource, syncOptionsAnnotation),
        message: `"${options.join(',')}" lets a sync ${effectOf(options)} this ${resource.kind}`,
        help: 'Remove the option, and change what cannot be changed in place under a new name.',
      }
    }
    for (const [index, value] of applicationSyncOptions(resource).entries()) {
      if (value !== 'Replace=true') continue
      yield {
        at: { resource, pointer: pointer('spec', 'syncPolicy', 'syncOptions', index) },
        message:
          '"Replace=true" makes every sync overwrite all objects of the Application, whatever controllers wrote into them',
        help: 'Set it on the one object that needs it.',
      }
    }
  },
}

function isDestructive(option: string): boolean {
  return option === 'Replace=true' || option === 'Force=true'
}

function effectOf(options: readonly string[]): string {
  return options.includes('Force=true') ? 'delete and recreate' : 'overwrite the whole of'
}

export const validationOff: Rule = {
  code: 'argocd/validation-off',
  severity: 'warning',
  summary: 'Production Applications keep validation and dry runs on for all objects.',
  kinds: applicationKinds,
  appliesTo: resource => isApplication(resource) && isProduction(resource),
  *check(resource) {
    for (const [index, value] of applicationSyncOptions(resource).entries()) {
      if (value !== 'Validate=false' && value !== 'SkipDryRunOnMissingResource=true') continue
      yield {
        at: { resource, pointer: pointer('spec', 'syncPolicy', 'syncOptions', index) },
        message: `"${value}" hides mistakes in every object of a production Application until they are half applied`,
        help: 'Set it in the annotation of the objects that need it.',
      }
    }
  },
}

export const serverSideDiff: Rule = {
  code: 'argocd/server-side-diff',
  severity: 'info',
  summary: 'Server-side apply comes with server-side diff.',
  kinds: applicationKinds,
  appliesTo: isApplication,
  *check(resource) {
    const index = applicationSyncOptions(resource).indexOf('ServerSideApply=true')
    if (
      index < 0 ||
      annotationValues(resource, compareOptionsAnnotation).some(option => option.startsWith('ServerSideDiff='))
    )
      return
    yield {
      at: { resource, pointer: pointer('spec', 'syncPolicy', 'syncOptions', index) },
      severity: isProduction(resource) ? 'warning' : 'info',
      message:
        'server-side apply without server-side diff compares by a strategy that Argo CD has given up, and may never be in sync',
      help: 'Annotate the Application with argocd.argoproj.io/compare-options: ServerSideDiff=true, unless the whole of Argo CD has it on.',
    }
  },
}
