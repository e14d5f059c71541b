// Credentials hide in environment variables, ConfigMaps, arguments and annotations as well as in Secrets.

import { child, pointer } from '../../../manifest/pointer.ts'
import type { Container, ContainerHandler } from '../../../manifest/pod-template.ts'
import type { Resource } from '../../../manifest/resource.ts'
import { asList, asMap, asString, isMap } from '../../../manifest/value.ts'
import type { Finding } from '../../rule.ts'
import { assignedSecret, type AssignedSecret } from '../assigned-secret.ts'
import { commandLinesOf, type CommandLine } from '../command-lines.ts'
import { definePolicyRule } from '../define-policy-rule.ts'
import { containersIn, hasPod, podKinds } from '../pods.ts'
import { encodedSecret, knownSecret, namedSecret, type SecretLikeness } from '../secret-likeness.ts'

interface Suspect extends SecretLikeness {
  readonly pointer: string
  readonly where: string
}

/** Accident class X1. The value is never part of the message. */
export const noSecretInPlainValue = definePolicyRule({
  code: 'policy/no-secret-in-plain-value',
  severity: 'error',
  summary: 'Environment variables, ConfigMaps, arguments and annotations hold no credentials.',
  kinds: ['ConfigMap', ...podKinds],
  annotated: true,
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
  const data = asMap(resource.object['data'])
  for (const key of Object.keys(data)) {
    const found = inEntry(key, asString(data[key]) ?? '')
    if (found === undefined) continue
    const where = found.name === undefined ? `key "${key}"` : `"${found.name}" in key "${key}"`
    yield { ...found, pointer: pointer('data', key), where }
  }
  for (const [key, value] of Object.entries(asMap(resource.object['binaryData']))) {
    const found = encodedSecret(asString(value) ?? '')
    if (found !== undefined) yield { ...found, pointer: pointer('binaryData', key), where: `key "${key}"` }
  }
}

function inEntry(key: string, text: string): AssignedSecret | undefined {
  const named = text.includes('\n') ? encodedSecret(text) : namedSecret(key, text)
  return named ?? (/[=:\n]/.test(text) ? assignedSecret(text) : undefined)
}

function* inContainer(container: Container): Iterable<Suspect> {
  const variables = asList(container.spec['env'])
  for (let index = 0; index < variables.length; index++) {
    const entry = variables[index]
    if (!isMap(entry) || entry['value'] === undefined) continue
    const name = asString(entry['name']) ?? ''
    const value = asString(entry['value']) ?? ''
    const found: AssignedSecret | undefined =
      namedSecret(name, value) ?? (value.includes('=') ? assignedSecret(value) : undefined)
    if (found === undefined) continue
    const inside = found.name === undefined ? '' : `"${found.name}" in `
    const where = `${inside}variable "${name}" of container "${container.name}"`
    yield { ...found, pointer: child(container.pointer, 'env', index, 'value'), where }
  }
  for (const line of commandLinesOf(container)) yield* inCommandLine(container, line)
  for (const handler of container.handlers) yield* inHeaders(container, handler)
}

function* inCommandLine(container: Container, { words, pointer: at }: CommandLine): Iterable<Suspect> {
  for (const [index, word] of words.entries()) {
    const [, flag, inline] = /^--?([A-Za-z][\w.-]*)(?:=([\s\S]*))?$/.exec(word) ?? []
    const next = words[index + 1] ?? ''
    const value = inline ?? (next.startsWith('-') ? '' : next)
    const found: AssignedSecret | undefined =
      flag === undefined ? assignedSecret(word) : namedSecret(word === '--pass' ? 'password' : flag, value)
    if (found === undefined) continue
    const where = flag === undefined ? assignedIn(found) : `argument "--${flag}"`
    const place = inline === undefined && flag !== undefined ? index + 1 : index
    yield { ...found, pointer: child(at, place), where: `${where} of container "${container.name}"` }
  }
}

function assignedIn({ name }: AssignedSecret): string {
  return name === undefined ? 'an argument' : `"${name}" in an argument`
}

function* inHeaders(container: Container, { spec, path }: ContainerHandler): Iterable<Suspect> {
  const headers = asMap(spec['httpGet'])['httpHeaders']
  if (headers === undefined) return
  for (const [index, header] of asList(headers).entries()) {
    const name = asString(asMap(header)['name']) ?? ''
    const found = namedSecret(name, asString(asMap(header)['value']) ?? '')
    if (found === undefined) continue
    const where = `header "${name}" of container "${container.name}"`
    yield { ...found, pointer: child(container.pointer, ...path, 'httpGet', 'httpHeaders', index, 'value'), where }
  }
}
