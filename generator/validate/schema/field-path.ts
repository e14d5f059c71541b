// `fieldPath` of a rule, as keys from the place of the rule: `.spec.ports`, `.labels['a.b/c']`.
// https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#field-path

const step = /\.([A-Za-z_][\w-]*)|\['((?:[^'\\]|\\.)*)'\]/g

/** The keys of a path; none for a path that is absent or cannot be read. */
export function fieldPathTokens(path: string | undefined): readonly string[] {
  if (path === undefined || path.replaceAll(step, '') !== '') return []
  return [...path.matchAll(step)].map(([, name, quoted = '']) => name ?? quoted.replaceAll(/\\(.)/g, '$1'))
}
