/* oxlint-disable max-lines -- a table */
// What the functions and operators of Kubernetes' CEL take and give.
// Language: https://github.com/google/cel-spec/blob/master/doc/langdef.md#list-of-standard-definitions;
// libraries: https://kubernetes.io/docs/reference/using-api/cel/ and k8s.io/apiserver/pkg/cel/library.

import { parseSignatures, type Signatures } from './signatures.ts'

const numbers = ['int', 'uint', 'double']
const ordered = ['bool', 'string', 'bytes', 'timestamp', 'duration']

/** One line per type (or pair of types) that an operator takes. */
function each(types: readonly string[], line: (type: string) => string): string {
  return types.map(line).join('\n')
}

const order = (operator: string): string =>
  [
    each(ordered, type => `_${operator}_(${type}, ${type}) bool`),
    ...numbers.map(a => each(numbers, b => `_${operator}_(${a}, ${b}) bool`)),
  ].join('\n')

const comparable = ['int', 'uint', 'double', 'bool', 'duration', 'timestamp', 'string', 'bytes']

const operators = `
_?_:_(bool, A, A) A
_&&_(bool, bool) bool
_||_(bool, bool) bool
!_(bool) bool
-_(int) int
-_(double) double
_==_(A, A) bool
_!=_(A, A) bool
_+_(bytes, bytes) bytes
_+_(string, string) string
_+_(list(A), list(A)) list(A)
_+_(duration, duration) duration
_+_(duration, timestamp) timestamp
_+_(timestamp, duration) timestamp
_-_(duration, duration) duration
_-_(timestamp, duration) timestamp
_-_(timestamp, timestamp) duration
${['+', '-', '*', '/'].map(operator => each(numbers, type => `_${operator}_(${type}, ${type}) ${type}`)).join('\n')}
_%_(int, int) int
_%_(uint, uint) uint
${['<', '<=', '>', '>='].map(order).join('\n')}
_[_](list(A), int) A
_[_](map(A, B), A) B
_[_](optional_type(list(A)), int) optional_type(A)
_[_](optional_type(map(A, B)), A) optional_type(B)
_[?_](list(A), int) optional_type(A)
_[?_](map(A, B), A) optional_type(B)
_[?_](optional_type(list(A)), int) optional_type(A)
_[?_](optional_type(map(A, B)), A) optional_type(B)
_in_(A, list(A)) bool
_in_(A, map(A, B)) bool
`

const standard = `
${each(['string', 'bytes', 'list(A)', 'map(A, B)'], type => `size(${type}) int\n${type}.size() int`)}
type(A) type(A)
dyn(A) dyn
${each(['bool', 'string'], type => `bool(${type}) bool`)}
${each(['bytes', 'string'], type => `bytes(${type}) bytes`)}
${each(['double', 'int', 'string', 'uint'], type => `double(${type}) double`)}
${each(['duration', 'int', 'string'], type => `duration(${type}) duration`)}
${each(['int', 'double', 'duration', 'string', 'timestamp', 'uint'], type => `int(${type}) int`)}
${each(
  ['string', 'bool', 'bytes', 'double', 'duration', 'int', 'timestamp', 'uint', 'net.IP', 'net.CIDR'],
  type => `string(${type}) string`,
)}
${each(['timestamp', 'int', 'string'], type => `timestamp(${type}) timestamp`)}
${each(['uint', 'double', 'int', 'string'], type => `uint(${type}) uint`)}
matches(string, string) bool
${each(['matches', 'contains', 'startsWith', 'endsWith'], name => `string.${name}(string) bool`)}
${each(
  [
    'getFullYear',
    'getMonth',
    'getDate',
    'getDayOfMonth',
    'getDayOfWeek',
    'getDayOfYear',
    'getHours',
    'getMinutes',
    'getSeconds',
    'getMilliseconds',
  ],
  name => `timestamp.${name}() int\ntimestamp.${name}(string) int`,
)}
${each(['getHours', 'getMinutes', 'getSeconds', 'getMilliseconds'], name => `duration.${name}() int`)}
`

const strings = `
string.charAt(int) string
string.indexOf(string) int
string.indexOf(string, int) int
string.lastIndexOf(string) int
string.lastIndexOf(string, int) int
string.lowerAscii() string
string.upperAscii() string
string.replace(string, string) string
string.replace(string, string, int) string
string.split(string) list(string)
string.split(string, int) list(string)
string.substring(int) string
string.substring(int, int) string
string.trim() string
string.format(list(dyn)) string
list(string).join() string
list(string).join(string) string
strings::quote(string) string
string.find(string) string
string.findAll(string) list(string)
string.findAll(string, int) list(string)
`

const lists = `
${each(comparable, type => `list(${type}).isSorted() bool\nlist(${type}).min() ${type}\nlist(${type}).max() ${type}`)}
${each(['int', 'uint', 'double', 'duration'], type => `list(${type}).sum() ${type}`)}
list(A).indexOf(A) int
list(A).lastIndexOf(A) int
list(A).slice(int, int) list(A)
list(list(A)).flatten() list(A)
list(dyn).flatten(int) list(dyn)
lists::range(int) list(int)
list(A).distinct() list(A)
${each(comparable, type => `list(${type}).sort() list(${type})`)}
list(A).reverse() list(A)
list(A).first() optional_type(A)
list(A).last() optional_type(A)
sets::contains(list(A), list(A)) bool
sets::equivalent(list(A), list(A)) bool
sets::intersects(list(A), list(A)) bool
`

const optionals = `
optional::of(A) optional_type(A)
optional::ofNonZeroValue(A) optional_type(A)
optional::none() optional_type(A)
optional::unwrap(list(optional_type(A))) list(A)
list(optional_type(A)).unwrapOpt() list(A)
optional_type(A).value() A
optional_type(A).hasValue() bool
optional_type(A).or(optional_type(A)) optional_type(A)
optional_type(A).orValue(A) A
`

const values = `
quantity(string) kubernetes.Quantity
isQuantity(string) bool
kubernetes.Quantity.isInteger() bool
kubernetes.Quantity.asInteger() int
kubernetes.Quantity.asApproximateFloat() double
sign(kubernetes.Quantity) int
${each(['add', 'sub'], name => `kubernetes.Quantity.${name}(kubernetes.Quantity) kubernetes.Quantity\nkubernetes.Quantity.${name}(int) kubernetes.Quantity`)}
${each(['kubernetes.Quantity', 'kubernetes.Semver'], type => `${type}.isLessThan(${type}) bool\n${type}.isGreaterThan(${type}) bool\n${type}.compareTo(${type}) int`)}
semver(string) kubernetes.Semver
semver(string, bool) kubernetes.Semver
isSemver(string) bool
isSemver(string, bool) bool
${each(['major', 'minor', 'patch'], name => `kubernetes.Semver.${name}() int`)}
url(string) kubernetes.URL
isURL(string) bool
${each(['getScheme', 'getHost', 'getHostname', 'getPort', 'getEscapedPath'], name => `kubernetes.URL.${name}() string`)}
kubernetes.URL.getQuery() map(string, list(string))
ip(string) net.IP
isIP(string) bool
ip::isCanonical(string) bool
net.IP.family() int
${each(['isUnspecified', 'isLoopback', 'isLinkLocalMulticast', 'isLinkLocalUnicast', 'isGlobalUnicast'], name => `net.IP.${name}() bool`)}
cidr(string) net.CIDR
isCIDR(string) bool
net.CIDR.containsIP(net.IP) bool
net.CIDR.containsIP(string) bool
net.CIDR.containsCIDR(net.CIDR) bool
net.CIDR.containsCIDR(string) bool
net.CIDR.ip() net.IP
net.CIDR.masked() net.CIDR
net.CIDR.prefixLength() int
format::named(string) optional_type(kubernetes.NamedFormat)
${each(
  [
    'dns1123Label',
    'dns1123Subdomain',
    'dns1035Label',
    'qualifiedName',
    'dns1123LabelPrefix',
    'dns1123SubdomainPrefix',
    'dns1035LabelPrefix',
    'labelValue',
    'uri',
    'uuid',
    'byte',
    'date',
    'datetime',
  ],
  name => `format::${name}() kubernetes.NamedFormat`,
)}
kubernetes.NamedFormat.validate(string) optional_type(list(string))
`

const authorizer = `
authz.Authorizer.path(string) authz.PathCheck
authz.Authorizer.group(string) authz.GroupCheck
authz.Authorizer.serviceAccount(string, string) authz.Authorizer
authz.GroupCheck.resource(string) authz.ResourceCheck
${each(['subresource', 'namespace', 'name', 'fieldSelector', 'labelSelector'], name => `authz.ResourceCheck.${name}(string) authz.ResourceCheck`)}
authz.PathCheck.check(string) authz.Decision
authz.ResourceCheck.check(string) authz.Decision
authz.Decision.allowed() bool
authz.Decision.reason() string
authz.Decision.errored() bool
authz.Decision.error() string
`.replaceAll('authz.', 'kubernetes.authorization.')

let parsed: Signatures | undefined

/** Every signature, read at first use. */
export function kubernetesSignatures(): Signatures {
  parsed ??= parseSignatures([operators, standard, strings, lists, optionals, values, authorizer].join('\n'))
  return parsed
}
