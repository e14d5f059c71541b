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
const meanings = new Map(Object.entries(escapes).map(([plain, escaped]) => [escaped, plain]))

/** The property's name in an expression; undefined where it has none. */
export function escapeProperty(name: string): string | undefined {
  if (reserved.has(name)) return `__${name}__`
  const escaped = name.replaceAll(/__|[./-]/g, part => escapes[part] ?? part)
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(escaped) ? escaped : undefined
}

/** The property that a name in an expression stands for; undefined where it stands for none. */
export function unescapeProperty(name: string): string | undefined {
  const word = /^__([a-z]+)__$/.exec(name)?.[1]
  if (word !== undefined && reserved.has(word)) return word
  let wrong = literal.has(name)
  const plain = name.replaceAll(/__(?:underscores__|dot__|dash__|slash__)?/g, part => {
    const meaning = meanings.get(part)
    wrong ||= meaning === undefined
    return meaning ?? part
  })
  return wrong ? undefined : plain
}
