// The authorizer: questions can be put together offline, but only a cluster answers them.
// k8s.io/apiserver/pkg/cel/library/authz.go

import type { CelFunction } from '../compilation.ts'
import { isOpaque, noOverload, NotEvaluated, type CelValue, type Opaque } from '../values.ts'

/** The `authorizer` variable, and everything built from it. */
export class AuthorizerValue implements Opaque {
  readonly celType: string
  constructor(celType = 'kubernetes.authorization.Authorizer') {
    this.celType = celType
  }
  equals(other: Opaque): boolean {
    return this === other
  }
}

const step =
  (name: string, from: readonly string[], to: string): CelFunction =>
  (value = null, ...texts) =>
    isAuthorizer(value, from) && texts.every(text => typeof text === 'string')
      ? new AuthorizerValue(`kubernetes.authorization.${to}`)
      : noOverload(name, [value, ...texts])

function isAuthorizer(value: CelValue, types: readonly string[]): boolean {
  return isOpaque(value) && types.some(type => value.celType === `kubernetes.authorization.${type}`)
}

const answer =
  (name: string): CelFunction =>
  (value = null) => {
    if (!isAuthorizer(value, ['Decision'])) return noOverload(name, [value])
    throw new NotEvaluated('the authorizer can only be asked in a cluster')
  }

const resource = ['ResourceCheck']

export const authorizerFunctions: Readonly<Record<string, CelFunction>> = {
  '.path': step('path', ['Authorizer'], 'PathCheck'),
  '.group': step('group', ['Authorizer'], 'GroupCheck'),
  '.serviceAccount': step('serviceAccount', ['Authorizer'], 'Authorizer'),
  '.resource': step('resource', ['GroupCheck'], 'ResourceCheck'),
  '.subresource': step('subresource', resource, 'ResourceCheck'),
  '.namespace': step('namespace', resource, 'ResourceCheck'),
  '.name': step('name', resource, 'ResourceCheck'),
  '.fieldSelector': step('fieldSelector', resource, 'ResourceCheck'),
  '.labelSelector': step('labelSelector', resource, 'ResourceCheck'),
  '.check': step('check', ['PathCheck', 'ResourceCheck'], 'Decision'),
  '.allowed': answer('allowed'),
  '.reason': answer('reason'),
  '.errored': answer('errored'),
  '.error': answer('error'),
}
