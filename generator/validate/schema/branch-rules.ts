// Rules written inside allOf: they belong to the value like those outside, and see the types outside. Rules inside anyOf, oneOf
// and not are ignored. Follows apiextensions-apiserver/pkg/apiserver/schema/cel/validation.go (NewValidator).

import { asList, isList, isMap, type YamlMap, type YamlValue } from '../../manifest/value.ts'

const rulesKey = 'x-kubernetes-validations'

/** The schema with the rules of its allOf branches moved to the places they are about. */
export function withBranchRules(schema: YamlMap): YamlMap {
  return asList(schema['allOf']).reduce<YamlMap>(
    (joined, branch) => (isMap(branch) ? addRules(joined, branch) : joined),
    schema,
  )
}

function addRules(schema: YamlMap, branch: YamlMap): YamlMap {
  const added: Record<string, YamlValue> = {}
  if (isList(branch[rulesKey])) added[rulesKey] = [...asList(schema[rulesKey]), ...branch[rulesKey]]
  for (const name of ['items', 'additionalProperties']) {
    const [own, other] = [schema[name], branch[name]]
    if (isMap(own) && isMap(other)) added[name] = addRules(own, other)
  }
  const [own, other] = [schema['properties'], branch['properties']]
  if (isMap(own) && isMap(other)) added['properties'] = addToProperties(own, other)
  const joined = Object.keys(added).length === 0 ? schema : { ...schema, ...added }
  return asList(branch['allOf']).reduce<YamlMap>((all, inner) => (isMap(inner) ? addRules(all, inner) : all), joined)
}

function addToProperties(own: YamlMap, other: YamlMap): YamlMap {
  const joined: Record<string, YamlValue | undefined> = { ...own }
  for (const [name, branch] of Object.entries(other)) {
    const property = own[name]
    if (isMap(property) && isMap(branch)) joined[name] = addRules(property, branch)
  }
  return joined
}
