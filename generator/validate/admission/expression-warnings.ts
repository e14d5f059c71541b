// What the API server's controller writes into a policy's status.typeChecking: expressions that do not fit the schemas of the kinds the
// policy matches. The policy is taken all the same, and fails when such an object comes.
// Follows k8s.io/apiserver/pkg/admission/plugin/policy/validating/typechecking.go; amounts (quantities), which it cannot type and warns
// of although they can be read, are left out.

import type { Resource } from '../../manifest/resource.ts'
import { asList, asString, isMap, type YamlMap, type YamlValue } from '../../manifest/value.ts'
import { admissionTypes, variablesType } from '../cel/admission-types.ts'
import { dynType, type CelType } from '../cel/cel-type.ts'
import { publishedType } from '../cel/schema-type.ts'
import { typeExpression } from '../cel/typed-expression.ts'
import type { KindName, SchemaLookup } from '../schema/schema-lookup.ts'
import { policyNames, policyOf, type PlacedExpression, type Policy } from './policy.ts'

export interface ExpressionWarning {
  readonly pointer: string
  /** Problems, each with the kinds it concerns. */
  readonly message: string
  /** No kind that the policy matches fits. */
  readonly everywhere: boolean
}

/** Kinds of one rule that the controller looks at. */
const mostKinds = 10

/** @param release the release of the API server: policies that are stored may use all of its libraries */
export function expressionWarnings(
  resource: Resource,
  schemas: SchemaLookup,
  release: string,
): readonly ExpressionWarning[] {
  const policy = policyOf(resource, release)
  const scopes = matchedKinds(policy.matchConstraints, schemas).flatMap(kind => scopeOf(kind, policy, schemas, release))
  if (scopes.length === 0) return []
  return policy.validations
    .flatMap(({ expression, messageExpression }) =>
      messageExpression === undefined ? [expression] : [expression, messageExpression],
    )
    .flatMap(expression => warningOf(expression, scopes, release))
}

interface KindScope {
  readonly kind: string
  readonly types: Readonly<Record<string, CelType>>
  readonly names: readonly string[]
}

function scopeOf(kind: KindName, policy: Policy, schemas: SchemaLookup, release: string): readonly KindScope[] {
  const node = schemas.nodeOf(kind)
  const object = node === undefined ? undefined : publishedType(node, kind.kind)
  if (object === undefined) return []
  const known = new Map<string, CelType>()
  const types = { ...admissionTypes, object, oldObject: object, params: paramsType(policy, schemas) }
  const scope: KindScope = {
    kind: kind.kind,
    types: { ...types, variables: variablesType(known) },
    names: policy.paramKind === undefined ? policyNames : [...policyNames, 'params'],
  }
  // A variable that does not fit is anything, for those that use it.
  for (const { name, expression } of policy.variables) {
    const typed = typeExpression(expression.text, scope.names, { types: scope.types, release })
    known.set(name, 'error' in typed ? dynType : typed.type)
  }
  return [scope]
}

function paramsType({ paramKind }: Policy, schemas: SchemaLookup): CelType {
  const node = paramKind === undefined ? undefined : schemas.nodeOf(paramKind)
  return (node === undefined ? undefined : publishedType(node, 'params')) ?? dynType
}

function warningOf(
  { text, pointer, compiled }: PlacedExpression,
  scopes: readonly KindScope[],
  release: string,
): readonly ExpressionWarning[] {
  // What does not compile at all is refused, and found elsewhere.
  if ('error' in compiled) return []
  const problems = new Map<string, string[]>()
  for (const { kind, types, names } of scopes) {
    const typed = typeExpression(text, names, { types, release })
    if ('error' in typed) problems.set(typed.error, [...(problems.get(typed.error) ?? []), kind])
  }
  if (problems.size === 0) return []
  const message = [...problems].map(([problem, kinds]) => `${problem} (${kinds.join(', ')})`).join('; ')
  return [{ pointer, message, everywhere: [...problems.values()].flat().length === scopes.length }]
}

/** The kinds that the rules of a policy name without a wildcard; in the order of the controller, which looks at the first few. */
function matchedKinds(constraints: YamlMap, schemas: SchemaLookup): readonly KindName[] {
  const found = new Map<string, KindName>()
  for (const rule of asList(constraints['resourceRules']).filter(isMap)) {
    for (const kind of kindsOfRule(rule, schemas).slice(0, mostKinds))
      found.set(`${kind.apiVersion} ${kind.kind}`, kind)
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, kind]) => kind)
}

function kindsOfRule(rule: YamlMap, schemas: SchemaLookup): readonly KindName[] {
  const groups = plainNames(rule['apiGroups'])
  const versions = plainNames(rule['apiVersions'])
  const resources = asList(rule['resources'])
    .flatMap(one => asString(one) ?? [])
    .filter(one => !/[*/]/.test(one))
  return groups.flatMap(group =>
    versions.flatMap(version => {
      const apiVersion = group === '' ? version : `${group}/${version}`
      return [...resources].sort().flatMap(plural => {
        const kind = schemas.kindOf(apiVersion, plural)
        return kind === undefined ? [] : [{ apiVersion, kind }]
      })
    }),
  )
}

/** Sorted; none where one of them is a wildcard. */
function plainNames(list: YamlValue | undefined): readonly string[] {
  const names = asList(list).flatMap(one => asString(one) ?? [])
  return names.some(name => name.includes('*')) ? [] : names.sort()
}
