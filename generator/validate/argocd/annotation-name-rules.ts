// Annotations that are meant for Argo CD and that it never reads: misspelt, under another domain, among the labels, on a pod
// template, on an object of the wrong kind. It says nothing about them, so what they were to do is simply not done.

import { suggest } from '../../diagnostics/suggest.ts'
import { pointer } from '../../manifest/pointer.ts'
import { podTemplateOf } from '../../manifest/pod-template.ts'
import { groupOf, type Resource } from '../../manifest/resource.ts'
import { asMap } from '../../manifest/value.ts'
import type { Finding, Rule } from '../rule.ts'
import { annotationNames, domain, labelNames, onApplications, otherDomains, requests } from './known-annotations.ts'

/** What decides about a sync: the names worth finding wherever they stand. */
const aboutSync = ['compare-options', 'hook', 'hook-delete-policy', 'sync-options', 'sync-wave']
const full = (name: string): string => `${domain}/${name}`

type Mistake = Omit<Finding, 'at'>

export const unreadAnnotation: Rule = {
  code: 'argocd/unread-annotation',
  severity: 'error',
  summary: 'Annotations for Argo CD have names it knows, and stand where it reads them.',
  appliesTo: resource => isAnnotated(resource) || podTemplateOf(resource)?.metadata['annotations'] !== undefined,
  *check(resource) {
    const metadata = asMap(resource.object['metadata'])
    for (const key of Object.keys(asMap(metadata['annotations']))) {
      const wrong = annotationMistake(key, resource)
      if (wrong !== undefined)
        yield { at: { resource, pointer: pointer('metadata', 'annotations', key), on: 'key' }, ...wrong }
    }
    for (const key of Object.keys(asMap(metadata['labels']))) {
      if (!key.startsWith(`${domain}/`) || !annotationNames.includes(key.slice(domain.length + 1))) continue
      yield {
        at: { resource, pointer: pointer('metadata', 'labels', key), on: 'key' },
        message: `"${key}" is a label here, and Argo CD reads it only as an annotation`,
        help: 'Move it to the annotations.',
      }
    }
    yield* onPodTemplate(resource)
  },
}

/** Whether the object has annotations, or a label that may be meant for one. */
function isAnnotated({ object }: Resource): boolean {
  const metadata = asMap(object['metadata'])
  if (metadata['annotations'] !== undefined) return true
  for (const label in asMap(metadata['labels'])) if (label.startsWith(domain)) return true
  return false
}

function annotationMistake(key: string, resource: Resource): Mistake | undefined {
  const slash = key.indexOf('/')
  const written = slash < 0 ? '' : key.slice(0, slash)
  const name = key.slice(slash + 1)
  if (written === domain) return nameMistake(key, name, resource)
  const meant = slash < 0 ? bareName(key) : isNearDomain(written) ? nearest(name) : undefined
  if (meant === undefined || !aboutSync.includes(meant)) return undefined
  return {
    message: `Argo CD does not read annotation "${key}", did you mean "${full(meant)}"?`,
    help: 'Correct the name of the annotation.',
  }
}

function nameMistake(key: string, name: string, resource: Resource): Mistake | undefined {
  if (annotationNames.includes(name)) return misplaced(key, name, resource)
  if (labelNames.includes(name)) {
    return {
      message: `"${key}" is an annotation here, and Argo CD reads it only as a label`,
      help: 'Move it to the labels.',
    }
  }
  const near = nearest(name)
  return {
    ...(near === undefined ? { severity: 'warning' as const } : {}),
    message: `Argo CD has no annotation "${key}", so it is read by nothing${near === undefined ? '' : `, did you mean "${full(near)}"?`}`,
    help: 'Correct the name of the annotation, or remove it.',
  }
}

/** A name Argo CD knows, on an object or in a place where it does nothing, or does it again at every sync. */
function misplaced(key: string, name: string, { apiVersion, kind }: Resource): Mistake | undefined {
  if (requests.includes(name)) {
    return {
      severity: 'warning',
      message: `"${key}" is a request that Argo CD acts upon and removes; committed, it is made again at every sync`,
      help: 'Remove the annotation from Git.',
    }
  }
  const isOfArgoCd = groupOf(apiVersion) === 'argoproj.io' && (kind === 'Application' || kind === 'ApplicationSet')
  if (!onApplications.includes(name) || isOfArgoCd) return undefined
  return {
    severity: 'warning',
    message: `Argo CD reads annotation "${key}" only on an Application, and this is a ${kind}`,
    help: 'Move it to the Application.',
  }
}

/** The name that was meant: other separators, other capitals, a missing or a doubled letter. */
function nearest(name: string): string | undefined {
  const plain = (text: string): string => text.toLowerCase().replaceAll(/[^a-z]/g, '')
  return (
    annotationNames.find(known => plain(known) === plain(name)) ?? suggest(name, annotationNames) ?? formerName(name)
  )
}

/** Names that stand for something else in Helm, and that people carry over. */
function formerName(name: string): string | undefined {
  if (name === 'hook-weight' || name === 'wave') return 'sync-wave'
  return name === 'delete-policy' ? 'hook-delete-policy' : undefined
}

/** Without any domain only the names that nobody else uses. */
function bareName(key: string): string | undefined {
  return key !== 'hook' && aboutSync.includes(key) ? key : undefined
}

/** Whether a domain is Argo CD's but for its spelling. */
function isNearDomain(written: string): boolean {
  if (otherDomains.includes(written)) return false
  return written === 'argoproj.io' || suggest(written, [domain]) !== undefined
}

/** What the object itself should carry: a sync applies the object, never the pods that a controller makes of it. */
function* onPodTemplate(resource: Resource): Iterable<Finding> {
  const template = podTemplateOf(resource)
  if (template === undefined || template.pointer === '') return
  const annotations = asMap(template.metadata['annotations'])
  const own = asMap(asMap(resource.object['metadata'])['annotations'])
  for (const name of aboutSync) {
    // commonAnnotations of kustomize write both.
    if (annotations[full(name)] === undefined || own[full(name)] !== undefined) continue
    yield {
      at: { resource, pointer: `${template.pointer}${pointer('metadata', 'annotations', full(name))}`, on: 'key' },
      severity: 'warning',
      message: `"${full(name)}" is on the pod template, where Argo CD does not read it`,
      help: `Move it to the metadata of the ${resource.kind}.`,
    }
  }
}
