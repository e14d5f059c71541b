// Versions of the Pod Security Standards: `v1.24`, or `latest`.

/** Newest policy version this tool knows. */
export const newestPolicyMinor = 36

/**
 * The minor version of a policy version as namespace labels write it (`v1.24`, `latest`) or as profiles do (`1.24`);
 * undefined where it is neither. Follows pod-security-admission/api/helpers.go: no patch versions, no leading zeros.
 */
export function parsePolicyVersion(text: string): number | undefined {
  if (text === 'latest') return newestPolicyMinor
  const minor = /^v?1\.(0|[1-9]\d{0,2})$/.exec(text)?.[1]
  return minor === undefined ? undefined : Number(minor)
}
