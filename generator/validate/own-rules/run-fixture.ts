// A rule over one fixture: a YAML file whose documents are one environment, and the lines its `.out` file holds. This tool's own
// rules and a platform's are tested by the same lines.

import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import { buildGraph } from '../../graph/build-graph.ts'
import { locatePointer } from '../../manifest/locate-pointer.ts'
import { parseYaml } from '../../manifest/parse-yaml.ts'
import { resourceSet } from '../../manifest/resource-set.ts'
import { toResource, type Resource } from '../../manifest/resource.ts'
import type { Profile } from '../../model/profile.ts'
import type { RuleContext } from '../rule.ts'

/** What a fixture runs against unless its `# profile:` says otherwise. */
export const fixtureProfile: Profile = { environment: 'production', production: true, kubernetes: ['1.34'] }

/**
 * The environment a fixture describes. A leading comment `# profile: {…}` (JSON, may span comment lines) overrides the profile.
 * @throws Error where the fixture is no YAML, or a document of it no Kubernetes object: a mistake of whoever wrote it
 */
export function fixtureContext(text: string, file: string, overrides: Partial<Profile> = {}): RuleContext {
  const { value: documents, diagnostics } = parseYaml(text, file)
  if (diagnostics.length > 0) throw new Error(`${file}: ${diagnostics.map(found => found.message).join('; ')}`)
  const read = documents.map(({ value, document }): Resource => {
    const resource = toResource(value, { file, document })
    if (resource === undefined) throw new Error(`${file}: document ${document} is not a Kubernetes object`)
    return resource
  })
  const resources = resourceSet(read)
  const profile = { ...fixtureProfile, ...overrides, ...profileOf(text, file) }
  return { profile, resources, graph: buildGraph(resources) }
}

/** The lines of an `.out` file: `line:column severity message [code]` per finding, in the order of the fixture. */
export function formatFixtureOutput(found: readonly Diagnostic[], text: string): string {
  return found
    .map(diagnostic => {
      const { at } = diagnostic
      const { line, column } =
        at.line === undefined
          ? locatePointer(text, at.document, at.pointer, at.on)
          : { line: at.line, column: at.column ?? 1 }
      return {
        line,
        column,
        text: `${line}:${column} ${diagnostic.severity} ${diagnostic.message} [${diagnostic.code}]\n`,
      }
    })
    .sort((a, b) => a.line - b.line || a.column - b.column || (a.text < b.text ? -1 : 1))
    .map(line => line.text)
    .join('')
}

function profileOf(text: string, file: string): Partial<Profile> {
  const comment = /^(?:#.*\n)*/.exec(text)?.[0] ?? ''
  const json = /^# ?profile:([\s\S]*)$/m.exec(comment)?.[1]
  if (json === undefined) return {}
  try {
    return JSON.parse(json.replaceAll(/^#/gm, '')) as Partial<Profile>
  } catch (error) {
    throw new Error(`${file}: the profile comment is not JSON: ${String(error)}`, { cause: error })
  }
}
