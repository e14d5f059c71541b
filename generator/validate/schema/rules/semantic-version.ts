// Versions as https://semver.org writes them, without a leading "v".

const semanticVersion =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-(0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(\.(0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*)?(\+[0-9a-zA-Z-]+(\.[0-9a-zA-Z-]+)*)?$/

export function semanticVersionFault(value: string): string | undefined {
  return semanticVersion.test(value) ? undefined : 'must be a semantic version, such as "1.2.3"'
}

/** Whether one release comes before another; what follows the three numbers is not looked at, and no version comes before none. */
export function isEarlierRelease(left: string, right: string): boolean {
  const [, ...leftNumbers] = semanticVersion.exec(left)?.slice(0, 4) ?? []
  const [, ...rightNumbers] = semanticVersion.exec(right)?.slice(0, 4) ?? []
  const differing = leftNumbers.findIndex((number, index) => number !== rightNumbers[index])
  return differing >= 0 && Number(leftNumbers[differing]) < Number(rightNumbers[differing])
}
