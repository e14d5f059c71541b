// Tells whether a value looks like a secret, from its name, its form, or a password inside a URL.
// Says only what it looks like: the value itself never leaves this module.

import { answeredOnce } from '../../manifest/shared-text.ts'

/** What a value looks like; `sure` where its form alone gives it away. */
export interface SecretLikeness {
  readonly what: string
  readonly sure: boolean
}

/** Forms of well-known credentials: none of these is ever anything else. */
const forms: readonly (readonly [what: string, form: RegExp])[] = [
  ['a private key', /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----/],
  ['an AWS access key', /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/],
  ['a GitHub token', /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{40,})/],
  ['a GitLab token', /\bglpat-[A-Za-z0-9_-]{20,}/],
  ['a Slack token', /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/],
  ['a Slack webhook', /\bhooks\.slack\.com\/services\/T[A-Z0-9]+\/B[A-Z0-9]+\/[A-Za-z0-9]{16,}/],
  ['a Stripe key', /\b[rs]k_live_[A-Za-z0-9]{16,}/],
  ['a Google access token', /\bya29\.[A-Za-z0-9_-]{20,}/],
  ['a Docker token', /\bdckr_pat_[A-Za-z0-9_-]{20,}/],
  ['a DigitalOcean token', /\bdop_v1_[a-f0-9]{64}\b/],
  ['a Vault token', /\bhvs\.[A-Za-z0-9_-]{24,}/],
  ['a Shopify token', /\bshp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}\b/],
  ['an Anthropic key', /\bsk-ant-[A-Za-z0-9_-]{20,}/],
  ['an OpenAI key', /\bsk-(?:proj|svcacct)-[A-Za-z0-9_-]{20,}/],
  ['an age key', /\bAGE-SECRET-KEY-1[A-Z0-9]{58}\b/],
  ['a Google API key', /\bAIza[0-9A-Za-z_-]{35}\b/],
  ['a SendGrid key', /\bSG\.[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{40,}/],
  ['an npm token', /\bnpm_[A-Za-z0-9]{36}\b/],
  ['a bearer token', /\bbearer\s+(?=[\w.~+/=-]*\d)(?=[\w.~+/=-]*[a-z])[\w.~+/=-]{16,}/i],
  ['a signed token (JWT)', /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/],
]
/** Cheap to look for in every value; without the flag `i`, which makes the search several times as slow. */
const formHint =
  /-----BEGIN|AKIA|ASIA|gh[pousr]_|github_pat_|glpat-|xox|hooks\.slack|k_live_|AIza|SG\.|npm_|eyJ|ya29|dckr_|dop_v|hvs\.|shp[acps]|sk-[aps]|AGE-S|[Bb][Ee][Aa][Rr][Ee][Rr]\s/
/** Letters of the shortest form. */
const shortestForm = 15
/** Characters of the shortest form in base64. */
const shortestEncoded = 20
const base64 = /^[A-Za-z0-9+/\s]+(?:={1,2}\s*)?$/
const urlPassword = /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@"'<>]{0,80}:([^\s/@"']{1,200})@[^\s/]/gi
const placeholder =
  /^(?:\$[({]?[\w.:-]+[)}]?|%\w+%|<[^>]*>|\{\{.*\}\}|\[?x{3,}\]?|\*+|@[\w.-]+@|__\w+__|ENC\[.*\]|your[-_]\w[\w-]*)$/i
/** What every name of a secret has in it somewhere. */
export const secretHint = /pass|pwd|pw$|secret|token|credential|bearer|key|jwt|auth\b/i

const secretWords: ReadonlySet<string> = new Set(
  'password passwords passwd passwrd pword pswrd passphrase pwd secret secrets token tokens credential credentials apikey bearer jwt requirepass masterauth'.split(
    ' ',
  ),
)
/** Names written in one word: `PGPASSWORD`, `clientsecret`; what follows in `mypasswordvalue`, `SECRETKEYBASE` is judged like a last word. */
const secretEnding = /(?:password|passwd|passphrase|secret|token|apikey)$/
const secretInside = /(?:password|passwd|passphrase|secretkey)(.+)$/
const keysOf: ReadonlySet<string> = new Set(
  'api access private signing encryption auth account secret master license storage shared ssh rsa gpg hmac azure deploy webhook subscription'.split(
    ' ',
  ),
)
/** Names of well-known tools for one credential: whatever stands there, a made-up value too, will be the real one some day. */
const credentialNames =
  /^(?:AWS_SECRET_ACCESS_KEY|AWS_SESSION_TOKEN|AZURE_BATCH_KEY|AZURE_CLIENT_SECRET|AZURE_STORAGE_KEY|OCI_CLI_KEY_CONTENT)$/i
/** Whose `pass` is a password: `DB_PASS`, not `FIRST_PASS`. */
const passOf: ReadonlySet<string> = new Set(
  'admin database db ftp imap ldap mail mongo mongodb mysql pg postgres postgresql rabbitmq redis root smtp user'.split(
    ' ',
  ),
)
const harmlessEndings: ReadonlySet<string> = new Set(
  (
    'file path dir directory name names url uri host port endpoint ttl expiry expiration expires expire lifetime age length size min max ' +
    'count limit header enabled enable disabled disable required issuer ref type kind algorithm alg policy prefix suffix id version mount ' +
    'namespace store interval timeout days hours minutes seconds ms provider mode method field attribute audience scope scopes rotation ' +
    'manager backend class volume regex pattern template label format engine strategy hash public reset rounds iterations cost validity encoder cookie hint account username user role ' +
    'alias aliases bucket cache command encryption env grant group groups live review reviewer scanning source time vault'
  ).split(' '),
)
/** Last words that are secrets of some: `ADMIN_PW`; Redis' `auth` is a password, and not a way to sign in. */
const ownersOf: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['pass', passOf],
  ['pw', passOf],
  ['auth', new Set(['redis', 'valkey'])],
])
const harmlessWords: ReadonlySet<string> = new Set(['public', 'allow', 'existing'])
/** Whose `…Secret` is the name of an object: `tlsSecret`, `passwordSecret`, not `clientSecret`. */
const namedSecrets: ReadonlySet<string> = new Set([
  'pull',
  'tls',
  'credential',
  'credentials',
  'password',
  'certificate',
  'certificates',
])
const harmlessValues =
  /^(?:|true|false|yes|no|on|off|none|null|nil|string|boolean|integer|disabled|enabled|optional|required|-?\d+(?:\.\d+)?|\d+(?:ms|s|m|h|d|k))$/i

/** Whether a named value (environment variable, configuration key, command-line flag) looks like a secret. */
export function namedSecret(name: string, value: string): SecretLikeness | undefined {
  const known = knownSecret(value) ?? encodedSecret(value)
  if (known !== undefined) return known
  const meaning = meaningOf(name)
  if (meaning === 'nothing secret') return undefined
  if (meaning === 'a credential' && /^[\w+/=.*-]+$/.test(value.trim()))
    return { what: 'a secret, by its name', sure: false }
  if ((meaning === 'a credential' && !isSecretName(name)) || isHarmlessValue(name, value.trim())) return undefined
  return { what: 'a secret, by its name', sure: false }
}

/** Whether a value is the base64 of a credential of a known form. */
export function encodedSecret(value: string): SecretLikeness | undefined {
  if (value.length < shortestEncoded || !base64.test(value)) return undefined
  const known = knownSecret(decoded(value))
  return known === undefined ? undefined : { ...known, what: `${known.what} behind base64` }
}

function decoded(value: string): string {
  try {
    return atob(value.replaceAll(/\s/g, ''))
  } catch {
    return ''
  }
}

/** Whether a text holds a credential of a known form, or a URL with a password. */
export function knownSecret(text: string): SecretLikeness | undefined {
  if (text.length >= shortestForm && formHint.test(text)) {
    for (const [what, form] of forms) if (form.test(text)) return { what, sure: true }
  }
  if (!text.includes('://')) return undefined
  for (const match of text.matchAll(urlPassword)) {
    if (!isPlaceholder(match[1] ?? '')) return { what: 'a URL with a password', sure: true }
  }
  return undefined
}

type Meaning = 'a credential' | 'a secret' | 'nothing secret'

/** Environments use the same few names over and over. */
const meaningOf = answeredOnce((name): Meaning => {
  if (credentialNames.test(name)) return 'a credential'
  return isSecretName(name) ? 'a secret' : 'nothing secret'
})

/** Whether a name is one that holds a secret: `DB_PASSWORD`, `apiKey`, `client-secret`; not `PASSWORD_FILE`, `tokenTtl`, `ALLOW_EMPTY_PASSWORD`. */
export function isSecretName(name: string): boolean {
  if (!secretHint.test(name)) return false
  const words = wordsOf(name)
  const last = words.at(-1) ?? ''
  if (words.some(word => harmlessWords.has(word)) || harmlessEndings.has(last)) return false
  if (/^secrets?$/.test(last) && namedSecrets.has(words.at(-2) ?? '')) return false
  if (last === 'key' && ['password', 'token'].includes(words.at(-2) ?? '')) return false
  return words.some((word, index) => isSecretWord(word, words[index - 1] ?? '', index === words.length - 1))
}

function isSecretWord(word: string, before: string, isLast: boolean): boolean {
  if (secretWords.has(word) || secretEnding.test(word)) return true
  const owners = ownersOf.get(word)
  if (owners !== undefined) return isLast && owners.has(before)
  if (word === 'key' || word === 'keys') return keysOf.has(before)
  const after = secretInside.exec(word)?.[1]
  if (after !== undefined) return !harmlessEndings.has(after)
  return word.endsWith('key') && keysOf.has(word.slice(0, -'key'.length))
}

function isHarmlessValue(name: string, value: string): boolean {
  if (value === '' || isPlaceholder(value) || isKeyOfSecret(name, value)) return true
  const countable = /^\d+$/.test(value) && /pass|pwd|secret/i.test(name)
  if (!countable && harmlessValues.test(value)) return true
  return /^(?:~?\/|\.\/|file:|vault:|ref\+|op:|arn:|https?:\/\/|projects\/)/i.test(value) || value.includes('$(')
}

/** `secretKey: redis-password` in the values of a chart: which key of a Secret holds it. */
function isKeyOfSecret(name: string, value: string): boolean {
  return /(?:^|[.])secretKey$/.test(name) && /^[A-Za-z][A-Za-z_.-]*$/.test(value) && isSecretName(value)
}

/** Whether something else is put there later: `${NAME}`, `<password>`, `@password@`, `__PASSWORD__`, `YOUR_TOKEN`, `xxx`. */
export function isPlaceholder(value: string): boolean {
  return placeholder.test(value)
}

function wordsOf(name: string): readonly string[] {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(word => word !== '')
}
