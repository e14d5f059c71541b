// What the CustomResourceDefinitions of the Gateway API demand beyond types: written from the API specification
// (https://gateway-api.sigs.k8s.io/reference/spec/), as rules in CEL and keys of lists. The package they are added to has neither.

import type { Amendment } from './custom-packages.ts'

/** A field of its own name for each value of `type`: set for that value, and for no other. */
function union(choices: Readonly<Record<string, string>>): NonNullable<Amendment['rules']> {
  return Object.entries(choices).map(([type, field]) => ({
    rule: `has(self.${field}) == (self.type == '${type}')`,
    message: `${field} belongs to type ${type}, and to no other`,
  }))
}

const headerFilters = {
  RequestHeaderModifier: 'requestHeaderModifier',
  ResponseHeaderModifier: 'responseHeaderModifier',
  RequestMirror: 'requestMirror',
  ExtensionRef: 'extensionRef',
}

const port = { type: 'integer', format: 'int32', minimum: 1, maximum: 65535 }

const httpFilters = {
  ...headerFilters,
  RequestRedirect: 'requestRedirect',
  URLRewrite: 'urlRewrite',
  CORS: 'cors',
  ExternalAuth: 'externalAuth',
}

const plainMethod = "(has(self.type) && self.type == 'RegularExpression')"

/** A Service is reached by a port; other kinds need none. */
const backend: Amendment = {
  properties: { port },
  rules: [
    {
      rule: "has(self.port) || (has(self.group) && self.group != '') || (has(self.kind) && self.kind != 'Service')",
      message: 'a reference to a Service needs a port',
    },
  ],
}

const plainPath = "!has(self.value) || (has(self.type) && self.type == 'RegularExpression')"

const pathMatch: Amendment = {
  rules: [
    {
      rule: `${plainPath} || self.value.matches("^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|%[0-9a-fA-F]{2})*$")`,
      message: 'the path contains characters that have to be encoded',
    },
    { rule: `${plainPath} || self.value.startsWith('/')`, message: "the path does not start with '/'" },
    {
      rule: `${plainPath} || !['//', '/./', '/../', '%2f', '%2F', '#'].exists(part, self.value.contains(part))`,
      message: "the path contains '//', '/./', '/../', an encoded slash or '#'",
    },
    {
      rule: `${plainPath} || !(self.value.endsWith('/..') || self.value.endsWith('/.'))`,
      message: "the path ends with '/..' or '/.'",
    },
  ],
}

/** Whether a rule of an HTTPRoute has a filter that replaces the prefix of the path. */
const replacesPrefix = (filter: string): string =>
  `self.filters.exists(f, has(f.${filter}) && has(f.${filter}.path) && has(f.${filter}.path.replacePrefixMatch))`

const onePrefix =
  "!has(self.matches) || (size(self.matches) == 1 && (!has(self.matches[0].path) || !has(self.matches[0].path.type) || self.matches[0].path.type == 'PathPrefix'))"

/** Filters that a rule has at most once. */
const atMostOnce = (types: readonly string[]): NonNullable<Amendment['rules']> =>
  types.map(type => ({
    rule: `!has(self.filters) || self.filters.filter(f, f.type == '${type}').size() <= 1`,
    message: `the filter ${type} stands twice in a rule`,
  }))

const routeRule: Amendment = {
  rules: [
    {
      rule: '!has(self.backendRefs) || size(self.backendRefs) == 0 || !has(self.filters) || !self.filters.exists(f, has(f.requestRedirect))',
      message: 'a rule that redirects has no backendRefs',
    },
    ...['requestRedirect', 'urlRewrite'].map(filter => ({
      rule: `!has(self.filters) || !${replacesPrefix(filter)} || ${onePrefix}`,
      message: 'replacePrefixMatch needs exactly one match, of type PathPrefix',
    })),
    {
      rule: '!has(self.filters) || !(self.filters.exists(f, has(f.requestRedirect)) && self.filters.exists(f, has(f.urlRewrite)))',
      message: 'a rule either redirects or rewrites',
    },
    ...atMostOnce(['RequestHeaderModifier', 'ResponseHeaderModifier', 'RequestRedirect', 'URLRewrite', 'CORS']),
  ],
}

/** Whether a field of two references, p and q, is the same. */
function same(field: string): string {
  return `(has(p.${field}) ? has(q.${field}) && p.${field} == q.${field} : !has(q.${field}))`
}

const parentFields = ['group', 'kind', 'namespace', 'name', 'sectionName', 'port']

const sameParent = ['group', 'kind', 'namespace', 'name'].map(same).join(' && ')

const routeSpec: Amendment = {
  rules: [
    {
      rule: `!has(self.parentRefs) || self.parentRefs.all(p, self.parentRefs.all(q, !(${sameParent}) || has(p.sectionName) == has(q.sectionName)))`,
      message: 'of several references to one parent, either all name a section or none',
    },
    {
      rule: '!has(self.rules) || self.rules.all(r, !has(r.name) || self.rules.exists_one(q, has(q.name) && q.name == r.name))',
      message: 'two rules have the same name',
    },
    {
      rule: `!has(self.parentRefs) || self.parentRefs.all(p, self.parentRefs.exists_one(q, ${parentFields.map(same).join(' && ')}))`,
      message: 'a parent is referred to twice without different section names or ports',
    },
  ],
}

const unencrypted = "self.protocol in ['HTTP', 'TCP', 'UDP']"

/** Definition to amendment, as in custom-packages.ts. */
export const gatewayApiRules: Readonly<Record<string, Amendment>> = {
  BackendObjectReference: backend,
  BackendRef: backend,
  HTTPBackendRef: backend,
  GRPCBackendRef: backend,
  HTTPPathMatch: pathMatch,
  HTTPPathModifier: {
    rules: union({ ReplaceFullPath: 'replaceFullPath', ReplacePrefixMatch: 'replacePrefixMatch' }),
  },
  HTTPRouteFilter: {
    properties: { type: `=${Object.keys(httpFilters).join('|')}` },
    rules: union(httpFilters),
  },
  GRPCRouteFilter: { properties: { type: `=${Object.keys(headerFilters).join('|')}` }, rules: union(headerFilters) },
  GRPCRouteRule: { rules: atMostOnce(['RequestHeaderModifier', 'ResponseHeaderModifier']) },
  GRPCRouteMatch: { keyedByName: ['headers'] },
  GRPCMethodMatch: {
    rules: [
      { rule: 'has(self.service) || has(self.method)', message: 'service, method or both are needed' },
      {
        rule: `${plainMethod} || !has(self.service) || self.service.matches('^(?i)\\\\.?[a-z_][a-z_0-9]*(\\\\.[a-z_][a-z_0-9]*)*$')`,
        message: 'the service is no name of a gRPC service',
      },
      {
        rule: `${plainMethod} || !has(self.method) || self.method.matches('^[A-Za-z_][A-Za-z_0-9]*$')`,
        message: 'the method is no name of a gRPC method',
      },
    ],
  },
  HTTPHeader: { rules: [{ rule: "!self.value.matches('[\\\\r\\\\n]')", message: 'the value of a header has a line break' }] },
  HTTPHeaderFilter: { keyedByName: ['add', 'set'] },
  HTTPRouteMatch: { keyedByName: ['headers', 'queryParams'] },
  HTTPRequestMirrorFilter: {
    rules: [{ rule: '!(has(self.percent) && has(self.fraction))', message: 'percent and fraction exclude each other' }],
  },
  HTTPRequestRedirectFilter: {
    properties: { port, statusCode: { type: 'integer', enum: [301, 302, 303, 307, 308] } },
  },
  HTTPRouteRule: routeRule,
  HTTPRouteTimeouts: {
    rules: [
      {
        rule: "!(has(self.request) && has(self.backendRequest)) || duration(self.request) == duration('0s') || duration(self.backendRequest) <= duration(self.request)",
        message: 'backendRequest takes no longer than request',
      },
    ],
  },
  HTTPRouteSpec: routeSpec,
  GRPCRouteSpec: routeSpec,
  TLSRouteSpec: {
    rules: [
      ...(routeSpec.rules ?? []),
      { rule: 'self.hostnames.all(h, !isIP(h))', message: 'a hostname is an IP address' },
    ],
  },
  TCPRouteSpec: routeSpec,
  UDPRouteSpec: routeSpec,
  ParentReference: { properties: { port } },
  TLSPortConfig: { properties: { port } },
  RouteNamespaces: { properties: { from: '=All|Selector|Same|None' } },
  ListenerNamespaces: { properties: { from: '=All|Selector|Same|None' } },
  GatewaySpecAddress: {
    rules: [
      {
        rule: "(has(self.type) && self.type != 'IPAddress') || !has(self.value) || self.value == '' || isIP(self.value)",
        message: 'the value is no IP address',
      },
      {
        rule: "!has(self.type) || self.type != 'Hostname' || !has(self.value) || self.value == '' || self.value.matches('^(\\\\*\\\\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')",
        message: 'the value is no host name',
      },
    ],
  },
  BackendTLSPolicyValidation: {
    rules: [
      {
        rule: "(has(self.caCertificateRefs) && size(self.caCertificateRefs) > 0) != (has(self.wellKnownCACertificates) && self.wellKnownCACertificates != '')",
        message: 'exactly one of caCertificateRefs and wellKnownCACertificates is needed',
      },
    ],
  },
  GatewaySpec: {
    keyedByName: ['listeners'],
    rules: [
      {
        rule: 'self.listeners.all(a, self.listeners.exists_one(b, a.port == b.port && a.protocol == b.protocol && (has(a.hostname) ? has(b.hostname) && a.hostname == b.hostname : !has(b.hostname))))',
        message: 'two listeners have the same port, protocol and hostname',
      },
      {
        rule: '!has(self.addresses) || self.addresses.all(a, !has(a.value) || self.addresses.exists_one(b, has(b.value) && a.value == b.value && (has(a.type) ? a.type : "IPAddress") == (has(b.type) ? b.type : "IPAddress")))',
        message: 'an address is listed twice',
      },
    ],
  },
  Listener: {
    properties: { port },
    rules: [
      { rule: `!has(self.tls) || !(${unencrypted})`, message: 'tls is not for HTTP, TCP and UDP' },
      {
        rule: "self.protocol != 'HTTPS' || !has(self.tls) || !has(self.tls.mode) || self.tls.mode == 'Terminate'",
        message: 'the mode of tls is Terminate for HTTPS',
      },
      {
        rule: "!(self.protocol in ['TCP', 'UDP']) || !has(self.hostname) || self.hostname == ''",
        message: 'hostname is not for TCP and UDP',
      },
    ],
  },
  ListenerTLSConfig: {
    rules: [
      {
        rule: "(has(self.mode) && self.mode != 'Terminate') || (has(self.certificateRefs) && size(self.certificateRefs) > 0) || (has(self.options) && size(self.options) > 0)",
        message: 'mode Terminate needs certificateRefs or options',
      },
    ],
  },
}
