// The types of what expressions of an admission policy may name: `object`, `oldObject` and `params` are dyn, the rest is known.
// Follows k8s.io/apiserver/pkg/admission/plugin/cel/compile.go (BuildRequestType, BuildNamespaceType).

import { dynType, objectType, simpleType, type CelType } from './cel-type.ts'
import { parseType } from './signatures.ts'

type Fields = Readonly<Record<string, string | CelType>>

function typeWith(name: string, fields: Fields): CelType {
  return objectType(name, field => {
    const type = Object.hasOwn(fields, field) ? fields[field] : undefined
    return typeof type === 'string' ? parseType(type) : type
  })
}

const kind = typeWith('kubernetes.GroupVersionKind', { group: 'string', version: 'string', kind: 'string' })
const resource = typeWith('kubernetes.GroupVersionResource', { group: 'string', version: 'string', resource: 'string' })

const userInfo = typeWith('kubernetes.UserInfo', {
  username: 'string',
  uid: 'string',
  groups: 'list(string)',
  extra: 'map(string, list(string))',
})

const request = typeWith('kubernetes.AdmissionRequest', {
  kind,
  resource,
  subResource: 'string',
  requestKind: kind,
  requestResource: resource,
  requestSubResource: 'string',
  name: 'string',
  namespace: 'string',
  operation: 'string',
  userInfo,
  dryRun: 'bool',
  options: dynType,
})

const condition = typeWith('kubernetes.NamespaceCondition', {
  status: 'string',
  type: 'string',
  lastTransitionTime: 'timestamp',
  message: 'string',
  reason: 'string',
})

const namespaceMetadata = typeWith('kubernetes.NamespaceMetadata', {
  name: 'string',
  generateName: 'string',
  namespace: 'string',
  labels: 'map(string, string)',
  annotations: 'map(string, string)',
  UID: 'string',
  creationTimestamp: 'timestamp',
  deletionGracePeriodSeconds: 'int',
  deletionTimestamp: 'timestamp',
  generation: 'int',
  resourceVersion: 'string',
  finalizers: 'list(string)',
})

const namespaceObject = typeWith('kubernetes.Namespace', {
  metadata: namespaceMetadata,
  spec: typeWith('kubernetes.NamespaceSpec', { finalizers: 'list(string)' }),
  status: typeWith('kubernetes.NamespaceStatus', {
    conditions: { name: 'list', parameters: [condition] },
    phase: 'string',
  }),
})

/** The authorizer also holds the question that the request itself is. */
const authorizer = typeWith('kubernetes.authorization.Authorizer', {
  requestResource: simpleType('kubernetes.authorization.ResourceCheck'),
})

/** Types for `compileExpression`, by variable. */
export const admissionTypes: Readonly<Record<string, CelType>> = {
  object: dynType,
  oldObject: dynType,
  params: dynType,
  request,
  namespaceObject,
  authorizer,
}

/** The type of the `variables` of a policy: what each expression was found to give. */
export function variablesType(types: ReadonlyMap<string, CelType>): CelType {
  return objectType('kubernetes.variables', name => {
    const type = types.get(name)
    return type === undefined ? undefined : keptType(type)
  })
}

const kept: ReadonlySet<string> = new Set('bool bytes double duration dyn int null string timestamp uint'.split(' '))

/** What is known of a variable's type where it is used: objects, quantities and the like are anything (composition.go). */
function keptType(type: CelType): CelType {
  if (kept.has(type.name)) return type
  const isContainer = type.name === 'list' || type.name === 'map'
  return isContainer ? { ...type, parameters: type.parameters.map(keptType) } : dynType
}
