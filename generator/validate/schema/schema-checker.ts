// Holds objects to the schemas of one or more Kubernetes versions: what kind is this, does the version serve it, and does
// the object fit. Every object is walked once per version, however many overlays share it.

import type { DiagnosticCode } from '../../diagnostics/diagnostic.ts'
import type { Resource } from '../../manifest/resource.ts'
import { isMap, type YamlMap } from '../../manifest/value.ts'
import type { UnvalidatedKind } from '../../model/profile.ts'
import { evaluateSchemaRule } from '../cel/schema-rules.ts'
import type { Finding } from '../rule.ts'
import { applyDefaults } from './apply-defaults.ts'
import { lacksRules } from './bundled-schemas.ts'
import type { SchemaCatalog } from './catalog.ts'
import type { VersionSchemas } from './version-schemas.ts'
import { checkValue } from './check-value.ts'
import { definitionFindings } from './crd-definition.ts'
import { servedKinds, type ServedKinds } from './custom-kinds.ts'
import { deprecatedFields } from './deprecated-fields.ts'
import { evaluateRules, type CelEvaluator } from './evaluate-rules.ts'
import { missingKind } from './missing-kind.ts'
import { apiLifecycle } from './removed-apis.ts'
import type { SchemaNode } from './schema-node.ts'
import { isUnread } from './unread-fields.ts'
import { compareVersions, minorVersion } from './versions.ts'
import { knowsNumberFormats, type RawFinding, type Walk } from './walk.ts'

export type SchemaFinding = Finding & { readonly code: DiagnosticCode }

export interface SchemaVerdict {
  readonly findings: readonly SchemaFinding[]
  /** Why the object was not checked: no schema of its kind is known. An error unless `allowed`. */
  readonly skipped?: string
  /** The reason given for leaving the kind unchecked, where it is allow-listed. */
  readonly allowed?: string
  /** What was not looked into: rules of the schema that could not be evaluated, values that are encrypted. */
  readonly notEvaluated?: readonly string[]
  /** The object was held to a bundled schema that lacks rules of its kind's definition. */
  readonly lacksRules?: true
}

export interface SchemaCheckerOptions {
  /** Kubernetes versions; findings that not all of them share name theirs. */
  readonly versions: readonly string[]
  /** CustomResourceDefinition objects of the tree: their kinds are checked by their own schemas. */
  readonly crds?: readonly Resource[]
  readonly unvalidatedKinds?: readonly UnvalidatedKind[]
  /** Evaluates x-kubernetes-validations in place of the tool's own evaluator. */
  readonly evaluateCel?: CelEvaluator
}

export interface SchemaChecker {
  readonly check: (resource: Resource) => SchemaVerdict
}

interface RawVerdict {
  readonly findings: readonly RawFinding[]
  readonly skipped?: string
  readonly notEvaluated: readonly string[]
  readonly lacksRules?: true
}

/** @throws for a version that is not supported: ask `versionProblem` first */
export function createSchemaChecker(catalog: SchemaCatalog, options: SchemaCheckerOptions): SchemaChecker {
  const versions = [...new Set(options.versions.map(minorVersion))].map(version => catalog.version(version))
  if (versions.length === 0) throw new Error('no Kubernetes version to check against')
  const served = servedKinds(options.crds ?? [])
  const known = new WeakMap<YamlMap, Map<string, RawVerdict>>()
  const verdictOf = (resource: Resource, version: VersionSchemas): RawVerdict => {
    const perVersion = known.get(resource.object) ?? new Map<string, RawVerdict>()
    known.set(resource.object, perVersion)
    const found = perVersion.get(version.version) ?? checkObject(resource, version, { catalog, served, options })
    perVersion.set(version.version, found)
    return found
  }
  return { check: resource => join(resource, versions, version => verdictOf(resource, version), options) }
}

interface Context {
  readonly catalog: SchemaCatalog
  readonly served: ServedKinds
  readonly options: SchemaCheckerOptions
}

function checkObject(resource: Resource, version: VersionSchemas, context: Context): RawVerdict {
  const lifecycle = apiLifecycle(resource, version)
  const key = `${resource.apiVersion} ${resource.kind}`
  const builtin = version.nodeOf(key)
  if (builtin !== undefined)
    return walkObject(resource, builtin, version, context, { custom: false, before: lifecycle })
  if (lifecycle.length > 0) return { findings: lifecycle, notEvaluated: [] }
  const custom = context.served.find(resource, version)
  if (custom?.problem !== undefined) return { findings: [custom.problem], notEvaluated: [] }
  const node = custom?.node ?? context.catalog.custom(resource.apiVersion, resource.kind, version.version)
  if (node !== undefined) {
    const verdict = walkObject(resource, node, version, context, { custom: true, before: [] })
    const { apiVersion, kind } = resource
    const lacks = custom === undefined && lacksRules(apiVersion, kind) && context.catalog.isBundled(apiVersion, kind)
    return lacks ? { ...verdict, lacksRules: true } : verdict
  }
  const missing = missingKind(resource, version, context.catalog)
  if (missing !== undefined) return { findings: [missing], notEvaluated: [] }
  return { findings: [], skipped: `no schema for ${resource.apiVersion} ${resource.kind}`, notEvaluated: [] }
}

interface WalkOptions {
  readonly custom: boolean
  readonly before: readonly RawFinding[]
}

function walkObject(
  resource: Resource,
  node: SchemaNode,
  version: VersionSchemas,
  { catalog, options }: Context,
  { custom, before }: WalkOptions,
): RawVerdict {
  const encrypted = withoutSops(resource.object)
  const notEvaluated: string[] = encrypted === undefined ? [] : ['values that are encrypted with SOPS']
  const walk: Walk = {
    path: [],
    findings: [...before],
    custom,
    lenient: false,
    secret: resource.kind === 'Secret',
    encrypted: encrypted !== undefined,
    unknown: undefined,
    ...(custom
      ? { numberFormats: knowsNumberFormats(version.version) }
      : { laterVersion: path => firstVersionWith(resource, path, version, catalog) }),
  }
  const own = encrypted ?? resource.object
  const object = custom ? applyDefaults(node, own) : own
  checkValue(node, object, walk)
  const findings = custom ? walk.findings : walk.findings.filter(finding => !isUnread(finding, version.version))
  // As on the server, rules only meet objects whose shape is right.
  if (node.ruled === true && !findings.some(({ code }) => misshapen.has(code))) {
    const evaluate = options.evaluateCel ?? evaluateSchemaRule
    const ruled = evaluateRules(node, object, { evaluate, release: version.version })
    findings.push(...ruled.findings)
    notEvaluated.push(...ruled.notEvaluated)
  }
  if (!custom) findings.push(...deprecatedFields(resource))
  // What is of the wrong type is reported already; the rest would be guessing.
  const isSound = findings.every(({ severity }) => severity === 'warning' || severity === 'info')
  if (resource.kind === 'CustomResourceDefinition' && isSound) {
    findings.push(...definitionFindings(resource, version))
  }
  return { findings, notEvaluated }
}

const misshapen: ReadonlySet<string> = new Set(['schema/wrong-type', 'schema/required-field', 'schema/invalid-format'])

/** An object that SOPS encrypted, without the field SOPS added: it is decrypted before it reaches the server. */
function withoutSops(object: YamlMap): YamlMap | undefined {
  if (!isMap(object['sops']) || typeof object['sops']['mac'] !== 'string') return undefined
  const { sops: _, ...rest } = object
  return rest
}

/** The first version after this one whose schema has a field at the path. */
function firstVersionWith(
  resource: Resource,
  path: readonly (string | number)[],
  version: VersionSchemas,
  catalog: SchemaCatalog,
): string | undefined {
  return catalog.versions
    .filter(later => compareVersions(later, version.version) > 0)
    .find(later => {
      const root = catalog.version(later).nodeOf(`${resource.apiVersion} ${resource.kind}`)
      return root !== undefined && hasPath(root, path)
    })
}

function hasPath(root: SchemaNode, path: readonly (string | number)[]): boolean {
  let node: SchemaNode | undefined = root
  for (const token of path) {
    node = typeof token === 'number' ? node.items : (node.shape?.().properties.get(token) ?? node.values)
    if (node === undefined) return false
  }
  return true
}

/** One verdict out of one per version; a finding that only some versions share says which. */
function join(
  resource: Resource,
  versions: readonly VersionSchemas[],
  verdictOf: (version: VersionSchemas) => RawVerdict,
  options: SchemaCheckerOptions,
): SchemaVerdict {
  const verdicts = versions.map(version => ({ version: version.version, verdict: verdictOf(version) }))
  const first = verdicts[0]
  const findings =
    verdicts.length === 1
      ? (first?.verdict.findings ?? []).map(raw => attach(raw, resource))
      : joinFindings(verdicts, resource)
  const skipped = verdicts.find(({ verdict }) => verdict.skipped !== undefined)?.verdict.skipped
  const allowed = skipped === undefined ? undefined : allowance(resource, options)
  const notEvaluated = [...new Set(verdicts.flatMap(({ verdict }) => verdict.notEvaluated))]
  return {
    findings,
    ...(skipped === undefined ? {} : { skipped }),
    ...(allowed === undefined ? {} : { allowed }),
    ...(notEvaluated.length === 0 ? {} : { notEvaluated }),
    ...(verdicts.some(({ verdict }) => verdict.lacksRules) ? { lacksRules: true } : {}),
  }
}

function joinFindings(
  verdicts: readonly { readonly version: string; readonly verdict: RawVerdict }[],
  resource: Resource,
): readonly SchemaFinding[] {
  const found = new Map<string, { readonly raw: RawFinding; readonly versions: string[] }>()
  for (const { version, verdict } of verdicts) {
    for (const raw of verdict.findings) {
      const key = JSON.stringify([raw.code, raw.pointer, raw.message])
      const entry = found.get(key) ?? { raw, versions: [] }
      entry.versions.push(version)
      found.set(key, entry)
    }
  }
  return [...found.values()].map(({ raw, versions }) => {
    const named = versions.length === verdicts.length || versions.every(version => raw.message.includes(version))
    return attach(named ? raw : { ...raw, message: `${raw.message} (Kubernetes ${versions.join(', ')})` }, resource)
  })
}

function attach(raw: RawFinding, resource: Resource): SchemaFinding {
  return {
    code: raw.code,
    severity: raw.severity ?? 'error',
    message: raw.message,
    at: { resource, pointer: raw.pointer, ...(raw.on === undefined ? {} : { on: raw.on }) },
    ...(raw.help === undefined ? {} : { help: raw.help }),
  }
}

function allowance(resource: Resource, { unvalidatedKinds = [] }: SchemaCheckerOptions): string | undefined {
  return unvalidatedKinds.find(({ apiVersion, kind }) => apiVersion === resource.apiVersion && kind === resource.kind)
    ?.reason
}
