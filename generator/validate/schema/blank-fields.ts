// Definitions in which somebody left a field blank ("status:"): null to YAML, an empty schema to the server, which then asks for its type.

import { isList, isMap, type YamlValue } from '../../manifest/value.ts'

/** A field whose schema is left blank is a schema without a type, not an absent field. */
export function withBlankFields(value: YamlValue | undefined): YamlValue | undefined {
  if (isList(value)) return value.map(entry => withBlankFields(entry) ?? null)
  if (!isMap(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => {
      const filled = withBlankFields(child) ?? null
      if (key !== 'properties' || !isMap(filled)) return [key, filled]
      return [key, Object.fromEntries(Object.entries(filled).map(([name, schema]) => [name, schema ?? {}]))]
    }),
  )
}
