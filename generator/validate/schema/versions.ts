// The Kubernetes versions this tool has schemas of. Another version is an error: there is no nearest version to fall back to.

/** Oldest first; the last one is the base of the committed differences. */
export const kubernetesVersions: readonly string[] = ['1.30', '1.31', '1.32', '1.33', '1.34', '1.35', '1.36']

/** `v1.34.2` and `1.34` are `1.34`: patch releases do not change an API. */
export function minorVersion(version: string): string {
  return version.replace(/^v(?=\d)/, '').replace(/^(\d+\.\d+)\.\d+.*$/, '$1')
}

/** What is wrong with a version, or undefined when it is supported. */
export function versionProblem(version: string): string | undefined {
  if (kubernetesVersions.includes(minorVersion(version))) return undefined
  return `no schemas for Kubernetes "${version}", supported: ${kubernetesVersions.join(', ')}`
}

/** -1, 0 or 1, comparing `1.9` and `1.10` as numbers. */
export function compareVersions(left: string, right: string): number {
  const [leftMajor = 0, leftMinor = 0] = left.split('.').map(Number)
  const [rightMajor = 0, rightMinor = 0] = right.split('.').map(Number)
  return Math.sign(leftMajor - rightMajor || leftMinor - rightMinor)
}
