// URLs as Go's net/url reads and prints them again (src/net/url/url.go, Parse and URL.String): Argo CD compares repository URLs,
// and the globs that permit them, in that form. A glob is no URL: what Go refuses or escapes in it never matches.

/** Control characters of ASCII. */
const controls = /[^\P{Cc}\u0080-\u009f]/u
const written = /^(?<scheme>[a-zA-Z][\w+\-.]*:)?(?<rest>[^?#]*)(?<query>\?[^#]*)?(?:#|(?<fragment>#.+))?$/s
const badEscape = /%(?![0-9a-fA-F]{2})/
/** What stands unescaped in a host; anything else in ASCII is an error. */
const host = /^[\w\-.~!$&'()*+,;=:[\]<>"%\u0080-\u{10ffff}]*$/u
const userinfo = /^[\w\-.~!$&'()*+,;=%:@]*$/
/** A path that may stay as it is written. */
const plainPath = /^[\w\-.~!$&'()*+,;=:@[\]%/]*$/

/** The URL as Go prints it once parsed; undefined where Go does not parse it. */
export function printedUrl(raw: string): string | undefined {
  const { scheme = '', rest = '', query = '', fragment = '' } = written.exec(raw)?.groups ?? {}
  if (controls.test(raw) || raw.startsWith(':')) return undefined
  const printed = scheme !== '' && !rest.startsWith('/') ? rest : printedHierarchy(rest, /^https?:$/i.test(scheme))
  return printed === undefined ? undefined : `${scheme}${printed}${query}${fragment}`
}

/** Authority and path; without an authority, the first part of a path has no colon. */
function printedHierarchy(rest: string, oneColon: boolean): string | undefined {
  const [, authority, path = ''] = /^(?:\/\/([^/]*))?(.*)$/s.exec(rest) ?? []
  if (!rest.startsWith('/') && /^[^/]*:/.test(rest)) return undefined
  const printedPath = printedPathOf(path)
  const printedAuthority = authority === undefined ? '' : printedAuthorityOf(authority, oneColon)
  return printedPath === undefined || printedAuthority === undefined ? undefined : `${printedAuthority}${printedPath}`
}

/** User, host and port behind their slashes; undefined where Go refuses them. */
function printedAuthorityOf(authority: string, oneColon: boolean): string | undefined {
  const at = authority.lastIndexOf('@')
  const name = authority.slice(at + 1)
  if (!isHost(name, oneColon)) return undefined
  if (at < 0) return `//${escapeUnicode(name)}`
  const user = printedUserOf(authority.slice(0, at))
  return user === undefined ? undefined : `//${user}@${escapeUnicode(name)}`
}

/** A host that may end in a port; an address in brackets ends with its bracket. Of https, a host has one colon (Go 1.26). */
function isHost(name: string, oneColon: boolean): boolean {
  if (!host.test(name) || name.includes('%')) return false
  if (name.startsWith('[')) return /\](:\d*)?$/.test(name)
  const colon = oneColon ? name.indexOf(':') : name.lastIndexOf(':')
  return colon < 0 || /^\d*$/.test(name.slice(colon + 1))
}

function printedUserOf(user: string): string | undefined {
  if (!userinfo.test(user) || badEscape.test(user)) return undefined
  const [, login = '', password] = /^([^:]*)(?::(.*))?$/.exec(user) ?? []
  const parts = [login, ...(password === undefined ? [] : [password])]
  return parts.map(part => decode(part).replaceAll(/[^\w\-.~$&+,;=]/g, percent)).join(':')
}

/** A path with a character that needs escaping is escaped anew as a whole. */
function printedPathOf(path: string): string | undefined {
  if (badEscape.test(path)) return undefined
  if (plainPath.test(path)) return path
  return escapeUnicode(decode(path).replaceAll(/[^\w\-.~$&+,/:;=@\u0080-\u{10ffff}]/gu, percent))
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
}

function escapeUnicode(text: string): string {
  return text.replaceAll(/[\u0080-\u{10ffff}]/gu, character => encodeURIComponent(character))
}
