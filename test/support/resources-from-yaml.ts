// Objects for tests, from YAML text.

import { buildGraph } from '../../generator/graph/build-graph.ts'
import type { Graph } from '../../generator/graph/graph.ts'
import { parseYaml } from '../../generator/manifest/parse-yaml.ts'
import { resourceSet } from '../../generator/manifest/resource-set.ts'
import { toResource, type Resource } from '../../generator/manifest/resource.ts'

/** The objects of a multi-document text; a text that does not parse is a bug in the test. */
export function resourcesFromYaml(text: string, file = 'input.yaml'): readonly Resource[] {
  const { value, diagnostics } = parseYaml(text, file)
  if (diagnostics.length > 0) throw new Error(diagnostics.map(({ message }) => message).join('\n'))
  return value.flatMap(({ value: object, document }) => toResource(object, { file, document }) ?? [])
}

export function graphFromYaml(text: string): Graph {
  return buildGraph(resourceSet(resourcesFromYaml(text)))
}
