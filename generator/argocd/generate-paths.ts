// The manifest-generate-paths annotation: which paths of the repository an Application's manifests are made from.
// Argo CD skips an Application when a commit touches none of them (docs/operator-manual/high_availability.md), so a path
// left out is a change that is never deployed.

/** Paths relative to `directory`, joined as the annotation wants them: `.;../../base`. Nested inputs are covered once. */
export function manifestGeneratePaths(directory: string, inputs: readonly string[]): string {
  const all = [...new Set([directory, ...inputs].map(normalize))]
  const outermost = all.filter(path => !all.some(other => other !== path && isUnder(path, other)))
  const own = normalize(directory)
  const paths = outermost.map(path => relative(own, path))
  return [...new Set(paths)].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1)).join(';')
}

function rank(path: string): number {
  return path === '.' ? 0 : 1
}

function normalize(path: string): string {
  const parts = path.split('/').filter(part => part !== '' && part !== '.')
  return parts.join('/')
}

function isUnder(path: string, directory: string): boolean {
  return directory === '' || path.startsWith(`${directory}/`)
}

function relative(from: string, to: string): string {
  const base = from === '' ? [] : from.split('/')
  const target = to === '' ? [] : to.split('/')
  let shared = 0
  while (shared < base.length && shared < target.length && base[shared] === target[shared]) shared += 1
  const steps = [...base.slice(shared).map(() => '..'), ...target.slice(shared)]
  return steps.length === 0 ? '.' : steps.join('/')
}
