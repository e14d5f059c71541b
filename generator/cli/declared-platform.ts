// The platform a checkout declares, rendered: what `generate` writes, and the facts that `validate` and the hook check against.

import type { Diagnostic, ResourceReference, Result, SourceLocation } from '../diagnostics/diagnostic.ts'
import { renderPlatform, type RenderedPlatform } from '../generate/render-platform.ts'
import type { Checkout } from '../io/checkout.ts'
import { findPlatform } from '../io/find-platform.ts'
import { loadPlatform } from '../io/load-platform.ts'
import { locateEntry } from '../model/locate-entry.ts'
import { entryLocation } from '../model/model-finding.ts'
import type { Platform } from '../model/platform.ts'
import type { Profile } from '../model/profile.ts'
import { releasesFile } from '../model/releases.ts'
import { pointerTokens } from '../manifest/pointer.ts'
import { allRules, isWanted } from '../validate/check-environment.ts'
import { applyExceptions } from '../validate/exceptions.ts'
import { unsupportedVersions } from './declared-versions.ts'
import { noRules, platformRules, type PlatformRules } from './platform-rules.ts'
import type { World } from './world.ts'

export interface DeclaredPlatform {
  /** The file with the default export. */
  readonly file: string
  /** Everything it was made from, sorted. */
  readonly inputs: readonly string[]
  /** Empty where `diagnostics` has errors. */
  readonly rendered: RenderedPlatform
  readonly diagnostics: readonly Diagnostic[]
  /** Whether the model could not even be evaluated: bad configuration rather than findings. */
  readonly broken: boolean
  /** The model entry behind a finding about a rendered object. */
  readonly declaredAt: (diagnostic: Diagnostic) => SourceLocation | undefined
  /** The repository's URL, as Argo CD reaches it. */
  readonly repository: string | undefined
  /** The facts for what belongs to no environment, such as the Argo CD manifests: the strictest environment's. */
  readonly general: Profile | undefined
  /** The platform's own rules; their findings name places of the files people wrote. */
  readonly ownRules: PlatformRules
  /** Takes out what the platform's exceptions accept, and adds what is wrong with the exceptions. */
  readonly accept: (found: readonly Diagnostic[], options: AcceptOptions) => readonly Diagnostic[]
}

export interface AcceptOptions {
  readonly today: string
  /** Environments the run looked at. */
  readonly environments: readonly string[]
  /** Whether the run looked at all of k8s/ and argocd/. */
  readonly complete: boolean
  /** The objects it looked at. */
  readonly resources: readonly ResourceReference[]
  /** Families and codes the run looked for; empty: all. */
  readonly only: readonly string[]
}

/** Loads and renders the platform; undefined where the checkout declares none. */
export async function declaredPlatform(checkout: Checkout, world: World): Promise<DeclaredPlatform | undefined> {
  const file = findPlatform(checkout)
  if (file === undefined) return undefined
  const loaded = await loadPlatform(checkout, file, { packageRoot: world.packageRoot })
  if (loaded.value === undefined) return broken(file, loaded.diagnostics)
  const { value, inputs, mapPlaces, limit } = loaded.value
  if (!isPlatform(value)) return broken(file, [notAPlatform(file)])
  const { value: rendered, diagnostics } = renderChecked(value, checkout.tree.get(releasesFile) ?? '')
  const inSource = (found: readonly Diagnostic[]): readonly Diagnostic[] =>
    mapPlaces(found).map(one => ({ ...one, at: atEntry(one.at, checkout) }))
  const ownRules = platformRules(value, limit, inSource)
  const declaredAt = (diagnostic: Diagnostic): SourceLocation | undefined => {
    const { resource, environment } = diagnostic
    if (resource === undefined) return undefined
    const entry = rendered.environments
      .find(({ name }) => name === environment)
      ?.originOf(resource, diagnostic.at.pointer)
    return entry === undefined ? undefined : inSource([{ ...diagnostic, at: entryLocation(entry) }])[0]?.at
  }
  return {
    file,
    inputs: [...inputs, releasesFile].sort(),
    rendered,
    diagnostics: inSource([...diagnostics, ...ownRules.diagnostics]),
    broken: false,
    declaredAt,
    repository: value.settings.repository,
    general: generalProfile(rendered),
    ownRules,
    accept: (found, options) => acceptExceptions({ platform: value, rules: ownRules.rules }, found, options, inSource),
  }
}

/** Renders a platform whose versions there are schemas of. */
function renderChecked(platform: Platform, releases: string): Result<RenderedPlatform> {
  const { value, diagnostics } = renderPlatform(platform, releases)
  if (diagnostics.some(({ severity }) => severity === 'error')) return { value, diagnostics }
  const unsupported = unsupportedVersions(platform)
  if (unsupported.length === 0) return { value, diagnostics }
  return { value: { tree: new Map(), environments: [] }, diagnostics: [...diagnostics, ...unsupported] }
}

function broken(file: string, diagnostics: readonly Diagnostic[]): DeclaredPlatform {
  return {
    file,
    inputs: [file],
    rendered: { tree: new Map(), environments: [] },
    diagnostics,
    broken: true,
    declaredAt: () => undefined,
    repository: undefined,
    general: undefined,
    ownRules: noRules,
    accept: found => found,
  }
}

function generalProfile({ environments }: RenderedPlatform): Profile | undefined {
  const { profile } = environments.find(one => one.profile.production) ?? environments[0] ?? {}
  if (profile === undefined) return undefined
  const { environment: _environment, ...rest } = profile
  return { ...rest, production: true }
}

interface Accepting {
  readonly platform: Platform
  readonly rules: PlatformRules['rules']
}

function acceptExceptions(
  { platform, rules }: Accepting,
  found: readonly Diagnostic[],
  { today, environments, complete, resources, only }: AcceptOptions,
  inSource: (found: readonly Diagnostic[]) => readonly Diagnostic[],
): readonly Diagnostic[] {
  const verdict = applyExceptions(found, platform.settings.exceptions ?? [], today, {
    at: (_exception, index) => entryLocation({ site: platform.site, path: ['exceptions', String(index)] }),
    environments,
    complete,
    known: Object.keys(platform.settings.environments),
    objects: resources.map(({ kind, name }) => `${kind}/${name}`),
    ran: code => isWanted(code, only.length === 0 ? undefined : only),
    codes: [...allRules(), ...rules].map(({ code }) => code),
  })
  return [...verdict.kept, ...inSource(verdict.findings)]
}

/** The declaration's own call is known by line; the entry inside it is found in the source's text. */
function atEntry(at: SourceLocation, { tree }: Checkout): SourceLocation {
  const text = at.line === undefined || at.pointer === '' || !/\.[mc]?ts$/.test(at.file) ? undefined : tree.get(at.file)
  if (text === undefined || at.line === undefined) return at
  return { ...at, ...locateEntry(text, { line: at.line, column: at.column ?? 1 }, pointerTokens(at.pointer)) }
}

function isPlatform(value: unknown): value is Platform {
  return typeof value === 'object' && value !== null && 'settings' in value && 'site' in value && 'name' in value
}

function notAPlatform(file: string): Diagnostic {
  return {
    code: 'model/no-default-export',
    severity: 'error',
    message: `the default export of "${file}" is no platform`,
    at: { file, document: 1, pointer: '', line: 1, column: 1 },
    help: 'End the file with "export default platform(…)".',
  }
}
