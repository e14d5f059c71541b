// Credentials hide in environment variables, ConfigMaps, arguments and annotations as well as in Secrets.

import { child, pointer } from '../../../manifest/pointer.ts'
import type { Container } from '../../../manifest/pod-template.ts'
import type { Resource } from '../../../manifest/resource.ts'
import { asList, asMap, asString } from '../../../manifest/value.ts'
import type { Finding } from '../../rule.ts'
import { definePolicyRule } from '../define-policy-rule.ts'
import { containersIn } from '../pods.ts'
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
  appliesTo: resource => resource.kind !== 'Secret',
  *check(resource, { profile }) {
    const suspects = [
      ...inAnnotations(resource),
      ...inConfigMap(resource),
      ...containersIn(resource).flatMap(inContainer),
    ]
    for (const suspect of suspects) yield finding(resource, suspect, profile.production)
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

function inAnnotations(resource: Resource): readonly Suspect[] {
  return Object.entries(asMap(asMap(resource.object['metadata'])['annotations'])).flatMap(([key, value]) => {
    const known = knownSecret(asString(value) ?? '')
    return known === undefined
      ? []
      : [{ ...known, pointer: pointer('metadata', 'annotations', key), where: `annotation "${key}"` }]
  })
}

function inConfigMap(resource: Resource): readonly Suspect[] {
  if (resource.kind !== 'ConfigMap' || resource.apiVersion !== 'v1') return []
  return Object.entries(asMap(resource.object['data'])).flatMap(([key, value]) => {
    const text = asString(value) ?? ''
    const named = text.includes('\n') ? undefined : namedSecret(key, text)
    if (named !== undefined) return [{ ...named, pointer: pointer('data', key), where: `key "${key}"` }]
    const assigned = assignedSecret(text)
    if (assigned === undefined) return []
    const where = assigned.name === undefined ? `key "${key}"` : `"${assigned.name}" in key "${key}"`
    return [{ ...assigned, pointer: pointer('data', key), where }]
  })
}

function inContainer(container: Container): readonly Suspect[] {
  const inEnv = asList(container.spec['env']).flatMap((entry, index) => {
    const name = asString(asMap(entry)['name']) ?? ''
    const found = namedSecret(name, asString(asMap(entry)['value']) ?? '')
    return found === undefined
      ? []
      : [
          {
            ...found,
            pointer: child(container.pointer, 'env', index, 'value'),
            where: `variable "${name}" of container "${container.name}"`,
          },
        ]
  })
  return [...inEnv, ...['command', 'args'].flatMap(field => inArguments(container, field))]
}

function inArguments(container: Container, field: string): readonly Suspect[] {
  const texts = asList(container.spec[field]).map(entry => asString(entry) ?? '')
  return texts.flatMap((text, index) => {
    const [, flag, inline] = /^--?([A-Za-z][\w.-]*)(?:=([\s\S]*))?$/.exec(text) ?? []
    const next = texts[index + 1] ?? ''
    const value = inline ?? (next.startsWith('-') ? '' : next)
    const found = flag === undefined ? knownSecret(text) : namedSecret(flag, value)
    if (found === undefined) return []
    const where =
      flag === undefined
        ? `an argument of container "${container.name}"`
        : `argument "--${flag}" of container "${container.name}"`
    return [
      {
        ...found,
        pointer: child(container.pointer, field, inline === undefined && flag !== undefined ? index + 1 : index),
        where,
      },
    ]
  })
}
