// Versions of the Pod Security Standards: `v1.24`, or `latest`.

/** Newest policy version this tool knows. */
export const newestPolicyMinor = 37

/**
 * The minor version of a policy version as namespace labels write it: `v1.24`, or `latest`; undefined where it is neither. As the API
 * server reads it (pod-security-admission/api/helpers.go): the `v` belongs there, no patch versions, no leading zeros.
 */
export function parsePolicyVersion(text: string): number | undefined {
  if (text === 'latest') return newestPolicyMinor
  const minor = /^v1\.(0|[1-9]\d*)$/.exec(text)?.[1]
  return minor === undefined ? undefined : Number(minor)
}

/** The minor version of a release as profiles and command lines write it: `1.24`, or as labels do. */
export function minorOfRelease(version: string): number | undefined {
  return parsePolicyVersion(/^\d/.test(version) ? `v${version}` : version)
}
