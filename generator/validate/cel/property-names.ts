// How the names of a schema's properties are written in expressions, where not every name is an identifier.
// https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation-expression (escaping)

const reserved: ReadonlySet<string> = new Set(
  (
    'true false null in as break const continue else for function if import let loop package namespace return var ' +
    'void while'
  ).split(' '),
)

/** Words of the grammar itself; the other reserved words may also be written as they are. */
const literal: ReadonlySet<string> = new Set(['true', 'false', 'null', 'in'])

const escapes: Readonly<Record<string, string>> = {
  __: '__underscores__',
  '.': '__dot__',
  '-': '__dash__',
  '/': '__slash__',
}
const identifier = /^[A-Za-z_][A-Za-z0-9_]*$/

/** The property's name in an expression; undefined where it has none. */
export function escapeProperty(name: string): string | undefined {
  if (reserved.has(name)) return `__${name}__`
  const escaped = name.replaceAll(/__|[./-]/g, part => escapes[part] ?? part)
  return identifier.test(escaped) ? escaped : undefined
}

/** The one of these properties that a name in an expression stands for. */
export function propertyOf(field: string, names: Iterable<string>): string | undefined {
  if (!field.includes('__')) return identifier.test(field) && !literal.has(field) ? field : undefined
  for (const name of names) if (escapeProperty(name) === field) return name
  return undefined
}
