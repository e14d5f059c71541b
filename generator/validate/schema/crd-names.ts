// The names a CustomResourceDefinition gives, its scope, and who converts between its versions.
// https://kubernetes.io/docs/reference/kubernetes-api/extend-resources/custom-resource-definition-v1/; each refusal was seen from an
// API server of 1.34.

import { dns1035LabelFault } from '../../manifest/names.ts'
import { pointer } from '../../manifest/pointer.ts'
import { asList, asMap, asString, isMap, type YamlMap } from '../../manifest/value.ts'
import type { Problem } from './crd-problem.ts'
import { webhookPathFault, webhookUrlFault } from './rules/webhook-address.ts'

/** `spec.scope` and the names beside plural and kind. */
export function* optionalNameProblems(spec: YamlMap): Generator<Problem> {
  const scope = asString(spec['scope'])
  if (scope !== undefined && scope !== 'Namespaced' && scope !== 'Cluster') {
    yield {
      at: '/spec/scope',
      message: `"${scope}" is not allowed here, allowed: Namespaced, Cluster`,
      help: 'Write Namespaced or Cluster.',
    }
  }
  yield* singleNameProblems(asMap(spec['names']))
  const { kind, listKind } = asMap(spec['names'])
  if (kind !== undefined && kind !== '' && kind === listKind) {
    yield {
      at: '/spec/names/listKind',
      message: 'kind and listKind are the same',
      help: `Write ${asString(kind) ?? ''}List, or leave listKind out.`,
    }
  }
  yield* listedNameProblems(asMap(spec['names']))
}

function* singleNameProblems(names: YamlMap): Generator<Problem> {
  for (const key of ['singular', 'listKind']) {
    const value = asString(names[key]) ?? ''
    const label = key === 'listKind' ? value.toLowerCase() : value
    if (value !== '') yield* labelProblem(label, value, pointer('spec', 'names', key))
  }
}

function* listedNameProblems(names: YamlMap): Generator<Problem> {
  for (const key of ['shortNames', 'categories']) {
    for (const [index, entry] of asList(names[key]).entries()) {
      if (entry !== null && typeof entry !== 'string') continue
      yield* labelProblem(entry ?? '', entry ?? '', pointer('spec', 'names', key, index))
    }
  }
}

function* labelProblem(label: string, shown: string, at: string): Generator<Problem> {
  const fault = dns1035LabelFault(label)
  if (fault !== undefined) yield { at, message: `"${shown}" ${fault}`, help: 'Write a DNS label.' }
}

/** `spec.conversion`. */
export function* conversionProblems(spec: YamlMap): Generator<Problem> {
  const conversion = asMap(spec['conversion'])
  const { strategy } = conversion
  if (strategy === undefined) return
  if (strategy !== 'None' && strategy !== 'Webhook') {
    yield {
      at: '/spec/conversion/strategy',
      message: `"${asString(strategy) ?? ''}" is not allowed here, allowed: None, Webhook`,
      help: 'Write None or Webhook.',
    }
  }
  if (strategy === 'Webhook' && !isMap(conversion['webhook'])) {
    yield {
      at: '/spec/conversion',
      message: 'the strategy Webhook needs a webhook',
      help: 'Add spec.conversion.webhook.',
    }
  }
  if (strategy === 'None' && isMap(conversion['webhook'])) {
    yield { at: '/spec/conversion/webhook', message: 'the strategy None takes no webhook', help: 'Remove the webhook.' }
  }
  if (strategy === 'Webhook' && isMap(conversion['webhook'])) yield* webhookProblems(conversion['webhook'])
}

function* webhookProblems(webhook: YamlMap): Generator<Problem> {
  const at = '/spec/conversion/webhook'
  const seen = new Set<string>()
  const versions = asList(webhook['conversionReviewVersions'])
  for (const [index, version] of versions.entries()) {
    const name = asString(version) ?? ''
    const place = `${at}/conversionReviewVersions/${index}`
    yield* labelProblem(name, name, place)
    if (seen.has(name)) yield { at: place, message: `version "${name}" is listed twice`, help: 'Keep one of the two.' }
    seen.add(name)
  }
  if (versions.length === 0) {
    yield { at: `${at}/conversionReviewVersions`, message: 'the list is empty', help: 'Write ["v1"].' }
  } else if (!seen.has('v1') && !seen.has('v1beta1')) {
    yield {
      at: `${at}/conversionReviewVersions`,
      message: 'neither v1 nor v1beta1 is among the versions',
      help: 'Add v1, if the webhook understands it.',
    }
  }
  yield* clientProblems(webhook)
}

function* clientProblems(webhook: YamlMap): Generator<Problem> {
  const at = '/spec/conversion/webhook'
  const client = asMap(webhook['clientConfig'])
  const service = asMap(client['service'])
  for (const key of ['name', 'namespace']) {
    if (service[key] !== '') continue
    yield { at: `${at}/clientConfig/service/${key}`, message: `${key} must not be empty`, help: `Write the ${key}.` }
  }
  yield* addressProblems(client, `${at}/clientConfig`)
  if (isMap(client['service']) === (client['url'] !== undefined)) {
    yield {
      at: webhook['clientConfig'] === undefined ? at : `${at}/clientConfig`,
      message: 'clientConfig must have exactly one of url and service',
      help: 'Name the Service that converts.',
    }
  }
}

function* addressProblems(client: YamlMap, at: string): Generator<Problem> {
  const { port, path } = asMap(client['service'])
  const url = asString(client['url'])
  const urlFault = url === undefined ? undefined : webhookUrlFault(url)
  const pathFault = webhookPathFault(asString(path) ?? '')
  if (urlFault !== undefined) {
    yield { at: `${at}/url`, message: `the URL "${url}" ${urlFault}`, help: 'Write a URL such as https://host/path.' }
  }
  if (pathFault !== undefined) {
    yield {
      at: `${at}/service/path`,
      message: `the path "${asString(path) ?? ''}" ${pathFault}`,
      help: 'Write a path such as /convert.',
    }
  }
  if (typeof port !== 'number' || (port >= 1 && port <= 65535)) return
  yield {
    at: `${at}/service/port`,
    message: `port "${port}" must be between 1 and 65535`,
    help: 'Write the port of the Service.',
  }
}
