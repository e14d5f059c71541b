// Which release of Kubernetes brought which part of its CEL. What an API server takes from a user is one release behind what it
// evaluates, so that a rollback still understands what was stored.
// k8s.io/apiserver/pkg/cel/environment/base.go (baseOpts, DefaultCompatibilityVersion), environment.go (NewExpressions,
// StoredExpressions); https://kubernetes.io/docs/reference/using-api/cel/#cel-options-language-features-and-libraries

/**
 * By release, functions (`.name` for methods), types, and macros with the count of their parameters where it decides. What is not
 * here is older than every supported release. Methods that share their name with an older one are reached only through a value that
 * a newer function makes.
 */
const broughtBy: Readonly<Record<string, string>> = {
  '1.30': `ip isIP ip.isCanonical .family .isUnspecified .isLoopback .isLinkLocalMulticast .isLinkLocalUnicast .isGlobalUnicast
    cidr isCIDR .containsIP .containsCIDR .ip .masked .prefixLength net.IP net.CIDR`,
  '1.31': `format.named format.dns1123Label format.dns1123Subdomain format.dns1035Label format.qualifiedName
    format.dns1123LabelPrefix format.dns1123SubdomainPrefix format.dns1035LabelPrefix format.labelValue format.uri format.uuid
    format.byte format.date format.datetime .validate .fieldSelector .labelSelector`,
  // The functions came with cel-go 0.23, which is in the server of 1.33 whatever it was told to be compatible with.
  '1.32': `.all/3 .exists/3 .existsOne/3 .exists_one/3 .transformList .transformMap .transformMapEntry
    .first .last optional.unwrap .unwrapOpt`,
  '1.33': 'semver isSemver .major .minor .patch',
  '1.34': 'lists.range .slice .flatten .sort .sortBy .distinct .reverse',
}

const releases = new Map(
  Object.entries(broughtBy).flatMap(([release, names]) => names.split(/\s+/).map(name => [name, minorOf(release)])),
)

/** The minor of a release: 34 of `1.34`. */
function minorOf(release: string): number {
  return Number(release.split('.')[1] ?? 0)
}

/**
 * Whether an expression of a release may use a part of the language.
 * @param name a function, `.name` of a method, a type
 * @param parameters how many a call has
 * @param release the newest release whose libraries there are; all where absent
 */
export function isKnownTo(release: string | undefined, name: string, parameters = 0): boolean {
  const since = releases.get(name) ?? releases.get(`${name}/${parameters}`)
  return release === undefined || since === undefined || since <= minorOf(release)
}

/** The first release whose API server takes a part of the language from a user. */
export function takenSince(name: string, parameters = 0): string | undefined {
  const since = releases.get(name) ?? releases.get(`${name}/${parameters}`)
  return since === undefined ? undefined : `1.${since + 1}`
}

/** What an API server of a version takes in an object that is created: the libraries of the release before it. */
export function releaseForNew(version: string): string {
  return `1.${minorOf(version) - 1}`
}

/** Whether a release is older than another; an absent one is the newest. */
export function isBefore(release: string | undefined, other: string): boolean {
  return release !== undefined && minorOf(release) < minorOf(other)
}
