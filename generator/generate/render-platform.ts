// The main job: a platform and its versions, to every file that is committed. Nothing is returned to be written unless each
// overlay was built and found equal to what the model wants.

import { renderArgoCd } from '../argocd/render-argocd.ts'
import { withArgoCdFacts } from '../argocd/simulate/application-facts.ts'
import { createBuilder } from '../build/build-kustomization.ts'
import type { Diagnostic, Result } from '../diagnostics/diagnostic.ts'
import { generatedFile } from '../kustomize/generated-file.ts'
import { imagesOf, withVersions } from '../kustomize/image-versions.ts'
import { baseDirectory, renderBase } from '../kustomize/render-base.ts'
import { policiesDirectory, renderPolicies } from '../kustomize/render-policies.ts'
import { overlayDirectory, renderOverlay } from '../kustomize/render-overlay.ts'
import { joinTrees, type FileTree } from '../manifest/file-tree.ts'
import { parseImage } from '../manifest/image.ts'
import { pointer } from '../manifest/pointer.ts'
import { toResource, type Resource } from '../manifest/resource.ts'
import { checkModel } from '../model/check-model.ts'
import { modelDiagnostic } from '../model/model-finding.ts'
import type { Platform } from '../model/platform.ts'
import type { Profile } from '../model/profile.ts'
import { parseReleases, releasesFile, type Releases, type Versions } from '../model/releases.ts'
import { environmentNames, resolveBase, resolveEnvironment } from '../model/resolve.ts'
import { admissionPolicies } from '../resources/admission-policies.ts'
import type { WantedObject } from '../resources/wanted-object.ts'
import { wantedObjects } from '../resources/wanted-objects.ts'
import { applyPatch } from './apply-patch.ts'
import { argoCdInput } from './argocd-input.ts'
import { checkArgoCdSettings } from './check-argocd-settings.ts'
import { environmentProfile } from './environment-profile.ts'
import { modelOrigin, type ModelOrigin } from './model-origin.ts'
import { patchedObjects } from './patched-objects.ts'
import { proveOverlay } from './prove-overlay.ts'

export interface RenderedEnvironment {
  readonly name: string
  /** The overlay's directory. */
  readonly directory: string
  readonly resources: readonly Resource[]
  readonly profile: Profile
  readonly originOf: ModelOrigin
}

export interface RenderedPlatform {
  /** Every generated file, by path. Empty when there are errors. */
  readonly tree: FileTree
  readonly environments: readonly RenderedEnvironment[]
}

const nothing: RenderedPlatform = { tree: new Map(), environments: [] }

/**
 * Renders a platform.
 * @param releases text of generator/platform/releases.yaml; '' where there is none
 * @returns the files and environments; none of them where a diagnostic is an error
 */
export function renderPlatform(platform: Platform, releases: string): Result<RenderedPlatform> {
  const versions = parseReleases(releases, platform)
  const model = checkModel(platform)
  const settings = hasErrors(model) ? [] : [...checkArgoCdSettings(platform)].map(modelDiagnostic)
  const checked = [...model, ...settings, ...versions.diagnostics]
  if (hasErrors(checked)) return { value: nothing, diagnostics: checked }
  const environments = environmentNames(platform).map(name => wantedEnvironment(platform, name, versions.value))
  const found = [...checked, ...environments.flatMap(one => one.diagnostics)]
  if (hasErrors(found)) return { value: nothing, diagnostics: found }
  return renderTree(platform, environments, found)
}

interface WantedEnvironment {
  readonly name: string
  readonly resolved: ReturnType<typeof resolveEnvironment>
  readonly wanted: readonly WantedObject[]
  readonly versions: Versions
  readonly diagnostics: readonly Diagnostic[]
}

function wantedEnvironment(platform: Platform, name: string, releases: Releases): WantedEnvironment {
  const resolved = resolveEnvironment(platform, name)
  const { value: wanted, diagnostics } = patchedObjects(resolved, wantedObjects(resolved))
  const versions = releases[name] ?? {}
  return { name, resolved, wanted, versions, diagnostics: [...diagnostics, ...missingVersions(name, wanted, versions)] }
}

function missingVersions(name: string, wanted: readonly WantedObject[], versions: Versions): readonly Diagnostic[] {
  const unversioned = new Set(
    wanted
      .flatMap(one => imagesOf(one.object))
      .filter(image => {
        const parsed = parseImage(image)
        return parsed !== undefined && parsed.tag === undefined && parsed.digest === undefined
      }),
  )
  return [...unversioned]
    .filter(image => versions[image] === undefined)
    .map(image => ({
      code: 'model/no-version' as const,
      severity: 'error' as const,
      message: `"${image}" has no version in "${name}"`,
      environment: name,
      at: { file: releasesFile, document: 1, pointer: pointer(name) },
      help: `Add a line "${image}: <version>" under "${name}".`,
    }))
}

function renderTree(
  platform: Platform,
  environments: readonly WantedEnvironment[],
  found: readonly Diagnostic[],
): Result<RenderedPlatform> {
  const base = wantedObjects(resolveBase(platform))
  const policies = admissionPolicies(platform)
  const kustomize = joinTrees(
    renderBase(base),
    renderPolicies(policies),
    ...environments.map(({ name, resolved, wanted, versions }) =>
      renderOverlay({ environment: name, namespace: resolved.namespace, base, wanted, versions, applyPatch }),
    ),
  )
  const builder = createBuilder(kustomize)
  const baseBuild = builder.build(baseDirectory)
  const policyBuild = policies.length === 0 ? { value: [], diagnostics: [] } : builder.build(policiesDirectory)
  const rendered = environments.map(one => ({ ...one, ...proven(builder, one) }))
  const diagnostics = [
    ...found,
    ...baseBuild.diagnostics,
    ...policyBuild.diagnostics,
    ...rendered.flatMap(one => one.proof),
  ]
  if (hasErrors(diagnostics)) return { value: nothing, diagnostics }
  const resources = new Map(rendered.map(one => [one.name, one.resources]))
  const argocdFiles = renderArgoCd(argoCdInput(platform, resources, policyBuild.value))
  const argocd = new Map(argocdFiles.map(({ path, object }) => [path, generatedFile([object])]))
  const argocdObjects = argocdFiles.flatMap(({ path, object }) => toResource(object, { file: path, document: 1 }) ?? [])
  return {
    value: {
      tree: joinTrees(kustomize, argocd),
      environments: rendered.map(one => ({
        name: one.name,
        directory: overlayDirectory(one.name),
        resources: one.resources,
        profile: withArgoCdFacts(
          environmentProfile(one.resolved, policyBuild.value),
          argocdObjects,
          overlayDirectory(one.name),
        ),
        originOf: modelOrigin(one.resolved, one.wanted),
      })),
    },
    diagnostics,
  }
}

function proven(
  builder: ReturnType<typeof createBuilder>,
  { name, wanted, versions }: WantedEnvironment,
): { readonly resources: readonly Resource[]; readonly proof: readonly Diagnostic[] } {
  const directory = overlayDirectory(name)
  const { value: resources, diagnostics } = builder.build(directory)
  if (hasErrors(diagnostics)) return { resources, proof: diagnostics }
  const expected = wanted.map(one => withVersions(one.object, versions))
  return { resources, proof: [...diagnostics, ...proveOverlay(directory, resources, expected)] }
}

function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === 'error')
}
