// Credentials hide in environment variables, ConfigMaps, arguments and annotations as well as in Secrets.

import { child, pointer } from '../../../manifest/pointer.ts'
import type { Container } from '../../../manifest/pod-template.ts'
import type { Resource } from '../../../manifest/resource.ts'
import { asList, asMap, asString, isMap } from '../../../manifest/value.ts'
import type { Finding } from '../../rule.ts'
import { definePolicyRule } from '../define-policy-rule.ts'
import { containersIn, hasPod } from '../pods.ts'
import { assignedSecret, knownSecret, namedSecret, type SecretLikeness } from '../secret-likeness.ts'

interface Suspect extends SecretLikeness {
  readonly pointer: string
  readonly where: string
}

/** Accident class X1. The value is never part of the message. */
export const noSecretInPlainValue = definePolicyRule({
  code: 'policy/no-secret-in-plain-value',
  severity: 'error',
  summary: 'Environment variables, ConfigMaps, arguments and annotations hold no credentials.',
  appliesTo: resource =>
    resource.kind !== 'Secret' &&
    (resource.kind === 'ConfigMap' ||
      hasPod(resource) ||
      asMap(resource.object['metadata'])['annotations'] !== undefined),
  *check(resource, { profile }) {
    for (const suspect of inAnnotations(resource)) yield finding(resource, suspect, profile.production)
    for (const suspect of inConfigMap(resource)) yield finding(resource, suspect, profile.production)
    for (const container of containersIn(resource)) {
      for (const suspect of inContainer(container)) yield finding(resource, suspect, profile.production)
    }
  },
})

function finding(resource: Resource, suspect: Suspect, production: boolean): Finding {
  return {
    at: { resource, pointer: suspect.pointer },
    ...(suspect.sure || production ? {} : { severity: 'warning' as const }),
    message: `${suspect.where} looks like ${suspect.what}, in plain text`,
    help: 'Move it to a Secret that is not committed and refer to it; if it was real, change it: it is known now.',
  }
}

function* inAnnotations(resource: Resource): Iterable<Suspect> {
  const annotations = asMap(resource.object['metadata'])['annotations']
  if (!isMap(annotations)) return
  for (const [key, value] of Object.entries(annotations)) {
    const known = knownSecret(asString(value) ?? '')
    if (known !== undefined)
      yield { ...known, pointer: pointer('metadata', 'annotations', key), where: `annotation "${key}"` }
  }
}

function* inConfigMap(resource: Resource): Iterable<Suspect> {
  if (resource.kind !== 'ConfigMap' || resource.apiVersion !== 'v1') return
  for (const [key, value] of Object.entries(asMap(resource.object['data']))) {
    const text = asString(value) ?? ''
    const named = text.includes('\n') ? undefined : namedSecret(key, text)
    if (named !== undefined) {
      yield { ...named, pointer: pointer('data', key), where: `key "${key}"` }
      continue
    }
    const assigned = /[=:\n]/.test(text) ? assignedSecret(text) : undefined
    if (assigned === undefined) continue
    const where = assigned.name === undefined ? `key "${key}"` : `"${assigned.name}" in key "${key}"`
    yield { ...assigned, pointer: pointer('data', key), where }
  }
}

function* inContainer(container: Container): Iterable<Suspect> {
  for (const [index, entry] of asList(container.spec['env']).entries()) {
    if (!isMap(entry) || entry['value'] === undefined) continue
    const name = asString(entry['name']) ?? ''
    const found = namedSecret(name, asString(entry['value']) ?? '')
    if (found === undefined) continue
    const where = `variable "${name}" of container "${container.name}"`
    yield { ...found, pointer: child(container.pointer, 'env', index, 'value'), where }
  }
  for (const field of ['command', 'args']) yield* inArguments(container, field)
}

function* inArguments(container: Container, field: string): Iterable<Suspect> {
  const texts = asList(container.spec[field]).map(entry => asString(entry) ?? '')
  for (const [index, text] of texts.entries()) {
    const [, flag, inline] = /^--?([A-Za-z][\w.-]*)(?:=([\s\S]*))?$/.exec(text) ?? []
    const next = texts[index + 1] ?? ''
    const value = inline ?? (next.startsWith('-') ? '' : next)
    const found = flag === undefined ? knownSecret(text) : namedSecret(flag, value)
    if (found === undefined) continue
    const where = flag === undefined ? 'an argument' : `argument "--${flag}"`
    const at = inline === undefined && flag !== undefined ? index + 1 : index
    yield { ...found, pointer: child(container.pointer, field, at), where: `${where} of container "${container.name}"` }
  }
}
