// Strings that decide whether and when Argo CD applies an object. It compares them exactly and drops what it does not know
// without a message, so every near miss here is a finding (gitops-engine/pkg/sync/hook, syncwaves).

import { hint } from '../../diagnostics/suggest.ts'
import { groupOf, type Resource } from '../../manifest/resource.ts'
import { asMap } from '../../manifest/value.ts'
import {
  annotationValues,
  deletePolicies,
  deletePolicyAnnotation,
  hookAnnotation,
  hookTypes,
  placementOf,
  waveAnnotation,
} from '../../argocd/simulate/hooks.ts'
import type { Rule } from '../rule.ts'
import { annotationPlace, rawAnnotation } from './annotation-place.ts'
import { jsonText } from '../../manifest/json-text.ts'

export const hookType: Rule = {
  code: 'argocd/hook-type',
  severity: 'error',
  summary: 'Hooks name a type Argo CD knows; an object with any other is never applied.',
  annotated: true,
  appliesTo: resource => rawAnnotation(resource, hookAnnotation) !== undefined,
  *check(resource) {
    const at = annotationPlace(resource, hookAnnotation)
    const values = annotationValues(resource, hookAnnotation)
    const unknown = values.filter(value => !hookTypes.some(type => type === value))
    for (const value of unknown) {
      yield {
        at,
        message: `hook type "${value}" is unknown to Argo CD, so the object is never applied${hint(value, hookTypes)}`,
        help: 'Write one of the hook types exactly, capitals included.',
      }
    }
    if (values.length === 0)
      yield {
        at,
        message: 'the hook annotation is empty, so the object is never applied',
        help: 'Name a hook type, or remove the annotation.',
      }
    if (values.includes('Skip') && values.length > 1) {
      yield {
        at,
        message: `"Skip" among other hook types has no effect: "${values.join(',')}"`,
        help: 'Write Skip alone to leave the object out of every sync.',
      }
    }
  },
}

export const syncWave: Rule = {
  code: 'argocd/sync-wave',
  severity: 'error',
  summary: 'Sync waves are whole numbers in quotes; anything else is read as wave 0.',
  annotated: true,
  appliesTo: resource => rawAnnotation(resource, waveAnnotation) !== undefined,
  *check(resource) {
    const value = rawAnnotation(resource, waveAnnotation)
    const at = annotationPlace(resource, waveAnnotation)
    if (typeof value !== 'string') {
      yield {
        at,
        message: `sync wave ${jsonText(value)} is no string, and annotations must be`,
        help: 'Put the number in quotes.',
      }
    } else if (/^[+-]?\d+$/.test(value) && Math.abs(Number(value)) >= 2 ** 63) {
      yield {
        at,
        message: `sync wave "${value}" is too large for Argo CD, which uses wave 0`,
        help: 'Write a small whole number such as "-1" or "5".',
      }
    } else if (!/^[+-]?\d+$/.test(value)) {
      yield {
        at,
        message: `sync wave "${value}" is no whole number, so Argo CD uses wave 0`,
        help: 'Write a whole number such as "-1" or "5".',
      }
    }
  },
}

export const hookDeletePolicy: Rule = {
  code: 'argocd/hook-delete-policy',
  severity: 'error',
  summary: 'Hook delete policies are ones Argo CD knows, on objects that are hooks.',
  annotated: true,
  appliesTo: resource => rawAnnotation(resource, deletePolicyAnnotation) !== undefined,
  *check(resource) {
    const at = annotationPlace(resource, deletePolicyAnnotation)
    for (const value of annotationValues(resource, deletePolicyAnnotation)) {
      if (deletePolicies.some(policy => policy === value)) continue
      yield {
        at,
        message: `hook delete policy "${value}" is unknown to Argo CD and dropped${hint(value, deletePolicies)}`,
        help: 'Write HookSucceeded, HookFailed or BeforeHookCreation.',
      }
    }
    if (!placementOf(resource).hook) {
      yield {
        at,
        severity: 'warning',
        message: 'a hook delete policy on an object that is no hook has no effect',
        help: 'Add the hook annotation, or remove the policy.',
      }
    }
  },
}

export const deletionHook: Rule = {
  code: 'argocd/deletion-hook',
  severity: { production: 'warning', elsewhere: 'info' },
  summary: 'Hooks that run when the Application is deleted are few and deliberate.',
  annotated: true,
  appliesTo: resource => placementOf(resource).deletion.length > 0,
  *check(resource) {
    for (const when of placementOf(resource).deletion) {
      const effect =
        when === 'PreDelete'
          ? 'as long as it fails, the Application cannot be deleted'
          : 'as long as it fails, the deleted Application stays behind'
      yield {
        at: annotationPlace(
          resource,
          rawAnnotation(resource, hookAnnotation) === undefined ? 'helm.sh/hook' : hookAnnotation,
        ),
        message: `a ${when} hook runs only when the Application is deleted, never during a sync; ${effect}`,
        help: 'Keep it only if a failing cleanup is better than a finished deletion.',
      }
    }
  },
}

/** resource.exclusions of manifests/base/config/argocd-cm.yaml since Argo CD 3.0 (docs/operator-manual/upgrading/2.14-3.0.md). */
const excluded: Readonly<Record<string, readonly string[]>> = {
  '': ['Endpoints'],
  'discovery.k8s.io': ['Endpoints', 'EndpointSlice'],
  'coordination.k8s.io': ['Lease'],
  'authentication.k8s.io': ['SelfSubjectReview', 'TokenReview'],
  'authorization.k8s.io': [
    'LocalSubjectAccessReview',
    'SelfSubjectAccessReview',
    'SelfSubjectRulesReview',
    'SubjectAccessReview',
  ],
  'certificates.k8s.io': ['CertificateSigningRequest'],
  'cert-manager.io': ['CertificateRequest'],
  'cilium.io': ['CiliumIdentity', 'CiliumEndpoint', 'CiliumEndpointSlice'],
  'kyverno.io': ['UpdateRequest'],
  'wgpolicyk8s.io': ['PolicyReport', 'ClusterPolicyReport'],
  'reports.kyverno.io': ['EphemeralReport', 'ClusterEphemeralReport'],
}

export const excludedKind: Rule = {
  code: 'argocd/excluded-kind',
  severity: 'error',
  summary: 'No object is of a kind that Argo CD leaves out by default.',
  kinds: [...new Set(Object.values(excluded).flat())],
  appliesTo: ({ apiVersion, kind }) => excluded[groupOf(apiVersion)]?.includes(kind) === true,
  *check(resource) {
    yield {
      at: { resource, pointer: '/kind' },
      message: `Argo CD 3 excludes kind "${resource.kind}" by default, so this object is neither synced nor shown`,
      help: 'Let its controller make the object, or change resource.exclusions in argocd-cm.',
    }
  },
}

const trackingId = 'argocd.argoproj.io/tracking-id'
const instanceLabel = 'app.kubernetes.io/instance'

function hasInstanceLabel({ object }: Resource): boolean {
  return asMap(asMap(object['metadata'])['labels'])[instanceLabel] !== undefined
}

export const trackingMetadata: Rule = {
  code: 'argocd/tracking-metadata',
  severity: 'error',
  summary: 'What Argo CD tracks objects by is written by Argo CD alone.',
  appliesTo: resource => rawAnnotation(resource, trackingId) !== undefined || hasInstanceLabel(resource),
  *check(resource, { profile }) {
    if (rawAnnotation(resource, trackingId) !== undefined) {
      yield {
        at: { ...annotationPlace(resource, trackingId), on: 'key' },
        message:
          'the tracking annotation is committed, so the object seems to belong to another Application wherever it is copied',
        help: 'Remove the annotation from Git; Argo CD writes it.',
      }
    }
    const tracked = profile.argocd?.tracking === 'label' || profile.argocd?.tracking === 'annotation+label'
    if (!tracked || !hasInstanceLabel(resource)) return
    yield {
      at: { resource, pointer: '/metadata/labels/app.kubernetes.io~1instance', on: 'key' },
      message: `Argo CD tracks by the label "${instanceLabel}" here and overwrites it, so the object is never in sync`,
      help: 'Remove the label, or track by annotation.',
    }
  },
}
