// Every other reference of the table: issuers, secret stores, gateways, middlewares, analysis templates, priority classes …
// What an administrator installs for the whole cluster is only an error where tree or profile declare objects of that kind.

import { danglingRule } from '../dangling-rule.ts'
import { isSubject } from '../subject.ts'

const ownRule = new Set([
  'ConfigMap',
  'Secret',
  'ServiceAccount',
  'Role',
  'ClusterRole',
  'PersistentVolumeClaim',
  'IngressClass',
  'GatewayClass',
  'StorageClass',
  // Volumes are provisioned by hand or on demand, and bound by name either way.
  'PersistentVolume',
])

const otherRule = new Set([
  'spec/serviceName',
  'spec/scaleTargetRef/name',
  'spec/targetRef/name',
  'spec/workloadRef/name',
])

export const danglingObject = danglingRule({
  code: 'reference/dangling-object',
  summary: 'Issuers, stores, gateways, middlewares, classes and Services that are named exist.',
  help: 'Add the object, correct its kind and name, or declare it among externalObjects.',
  concerns: reference =>
    !ownRule.has(reference.kind) &&
    !otherRule.has(reference.field.path) &&
    reference.field.edge !== 'routes' &&
    reference.field.format !== 'host' &&
    !isSubject(reference),
})
