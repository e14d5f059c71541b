// Image references: `registry:5000/path/name:tag@sha256:…` taken apart and put together again.
// Follows the grammar of github.com/distribution/reference (a registry is a first part with a dot, a port, or "localhost").

export interface ImageReference {
  /** Host and port, where the reference names one. */
  readonly registry?: string
  /** The path without registry, tag and digest: `library/nginx`. */
  readonly repository: string
  readonly tag?: string
  /** `sha256:…` */
  readonly digest?: string
}

const pathPattern = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*$/
const tagPattern = /^\w[\w.-]{0,127}$/
const digestPattern = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/
const registryPattern =
  /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\[[0-9a-fA-F:]+\])(?::[0-9]+)?$/

/** The parts of an image reference, or undefined when it is not one. */
export function parseImage(text: string): ImageReference | undefined {
  const at = text.indexOf('@')
  const digest = at < 0 ? undefined : text.slice(at + 1)
  const { name, tag } = splitTag(at < 0 ? text : text.slice(0, at))
  const { registry, repository } = splitRegistry(name)
  const right =
    pathPattern.test(repository) &&
    fits(registry, registryPattern) &&
    fits(tag, tagPattern) &&
    fits(digest, digestPattern)
  if (!right) return undefined
  return { repository, ...compact({ registry, tag, digest }) }
}

/** The reference as text. */
export function formatImage({ registry, repository, tag, digest }: ImageReference): string {
  const name = registry === undefined ? repository : `${registry}/${repository}`
  return `${name}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`
}

/** The name without tag and digest: `localhost:5000/nginx` for `localhost:5000/nginx:1.27`. What kustomize's `images` match. */
export function imageName(text: string): string {
  const at = text.indexOf('@')
  return splitTag(at < 0 ? text : text.slice(0, at)).name
}

/** Whether an image names a version: a digest, or a tag other than `latest`. */
export function hasFixedVersion(text: string): boolean {
  const image = parseImage(text)
  if (image === undefined) return false
  return image.digest !== undefined || (image.tag !== undefined && image.tag !== 'latest')
}

function splitTag(text: string): { readonly name: string; readonly tag?: string } {
  const colon = text.lastIndexOf(':')
  return colon < 0 || text.includes('/', colon)
    ? { name: text }
    : { name: text.slice(0, colon), tag: text.slice(colon + 1) }
}

function splitRegistry(name: string): { readonly registry?: string; readonly repository: string } {
  const slash = name.indexOf('/')
  const first = name.slice(0, Math.max(0, slash))
  const isRegistry = /[.:[]/.test(first) || first === 'localhost' || first !== first.toLowerCase()
  return slash > 0 && isRegistry ? { registry: first, repository: name.slice(slash + 1) } : { repository: name }
}

function fits(part: string | undefined, pattern: RegExp): boolean {
  return part === undefined || pattern.test(part)
}

function compact(parts: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(parts).flatMap(([key, part]) => (part === undefined ? [] : [[key, part]])))
}
