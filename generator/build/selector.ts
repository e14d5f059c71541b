// Which objects a patch or replacement is for: anchored regular expressions over identity, and label expressions.
// Follows api/types/selector.go and, for label expressions, k8s.io/apimachinery's labels.Parse
// (https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors).

import { refuse } from './build-fault.ts'
import { effectiveNamespace, type BuildResource } from './build-resource.ts'
import { parseLabelSelector, type LabelPredicate } from './label-selector.ts'
import type { Gvk } from './gvk.ts'
import { linearTest, mayTakeLong } from './linear-expression.ts'

export interface SelectorFields extends Gvk {
  readonly name: string
  readonly namespace: string
  readonly labelSelector: string
  readonly annotationSelector: string
}

type TextMatch = (text: string) => boolean

export interface Selector {
  readonly fields: SelectorFields
  readonly kind: (gvk: Gvk) => boolean
  readonly name: TextMatch
  readonly namespace: TextMatch
  readonly labels: LabelPredicate
  readonly annotations: LabelPredicate
}

export function compileSelector(fields: SelectorFields): Selector {
  const group = anchored(fields.group)
  const version = anchored(fields.version)
  const kind = anchored(fields.kind)
  return {
    fields,
    kind: gvk => group(gvk.group) && version(gvk.version) && kind(gvk.kind),
    name: anchored(fields.name),
    namespace: anchored(fields.namespace),
    labels: parseLabelSelector(fields.labelSelector),
    annotations: parseLabelSelector(fields.annotationSelector),
  }
}

/** Names and namespaces match by what they were at first or what they are now. */
export function matchesSelector(selector: Selector, resource: BuildResource): boolean {
  const now = resource.id
  const before = resource.originalId
  return (
    (selector.namespace(effectiveNamespace(before)) || selector.namespace(effectiveNamespace(now))) &&
    (selector.name(before.name) || selector.name(now.name)) &&
    selector.kind(now) &&
    selector.labels(resource.textMap('labels')) &&
    selector.annotations(resource.textMap('annotations'))
  )
}

function anchored(pattern: string): TextMatch {
  if (pattern === '') return () => true
  if (/^[\w-]+$/.test(pattern)) return text => text === pattern
  return compileExpression(`^(?:${pattern})$`, pattern)
}

/** A test for a Go (RE2) regular expression. What JavaScript would read otherwise, or not at all, is refused. */
export function compileExpression(expression: string, written: string): TextMatch {
  try {
    if (mayTakeLong(written)) return linearTest(expression)
  } catch {
    return refuseExpression(written)
  }
  const compiled = compileForJavaScript(expression, written)
  return text => compiled.test(text)
}

function refuseExpression(written: string): never {
  return refuse('kustomize/regular-expression', `"${written}" is not a regular expression that kustomize accepts`, {
    help: 'Write the selector in RE2 syntax (https://github.com/google/re2/wiki/Syntax).',
  })
}

function compileForJavaScript(expression: string, written: string): RegExp {
  const [, flags = '', rest = expression] = /^(?:\^\(\?:)?\(\?([ims]+)\)(.*)$/s.exec(expression) ?? []
  const source = flags === '' ? expression : expression.startsWith('^(?:') ? `^(?:${rest}` : rest
  try {
    if (/\(\?<?[=!]|\\[1-9k]/.test(source)) throw new SyntaxError('lookaround or back reference')
    return new RegExp(fromGo(source), `${flags}u`)
  } catch {
    return refuseExpression(written)
  }
}

/** Named groups, text anchors and POSIX classes have other spellings; escapes of plain characters are harmless in Go. */
function fromGo(source: string): string {
  return source
    .replaceAll('(?P<', '(?<')
    .replaceAll('\\A', '^')
    .replaceAll('\\z', '$')
    .replaceAll('[[:alpha:]]', '[A-Za-z]')
    .replaceAll('[[:digit:]]', '\\d')
    .replaceAll('[[:alnum:]]', '[A-Za-z0-9]')
    .replaceAll(/\\([^\w\s$()*+./?[\\\]^{|}-])/g, '$1')
    .replaceAll(/\\-/g, '\\x2d')
}
