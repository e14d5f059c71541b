// The public API, every name by hand: what a platform file is written with, and the stages as functions on plain data.
// Whatever is not named here may change at any time.

// Writing a platform, and rules of one's own: what such files are evaluated with.
export {
  admissionPolicy,
  asList,
  asMap,
  containersOf,
  cronJob,
  definePolicyRule,
  exec,
  existingSecrets,
  externalSecrets,
  gateway,
  http,
  ingress,
  internal,
  loadBalancer,
  migration,
  parseImage,
  platform,
  podTemplateOf,
  postgres,
  recreate,
  redis,
  rolling,
  sealedSecrets,
  service,
  tcp,
  valueAt,
  worker,
} from './authoring.ts'
export type { Component } from './model/component.ts'
export type { Environment, Platform, PlatformSettings } from './model/platform.ts'
export type { ExternalObject, PolicyException, Profile, UnvalidatedKind } from './model/profile.ts'

// Generating.
export { renderPlatform } from './generate/render-platform.ts'
export type { RenderedEnvironment, RenderedPlatform } from './generate/render-platform.ts'

// Building: `kustomize build` inside the process.
export { buildKustomization, createBuilder, renderBuild } from './build/build-kustomization.ts'
export type { Builder, BuildOptions } from './build/build-kustomization.ts'

// Reading and printing YAML as Kubernetes and Kustomize do.
export { parseYaml } from './manifest/parse-yaml.ts'
export { printDocuments, printYaml } from './manifest/print-yaml.ts'
export { decodeFile, encodeFile } from './manifest/file-tree.ts'
export type { FileTree } from './manifest/file-tree.ts'
export type { Resource } from './manifest/resource.ts'

// Validating.
export { checkEnvironment } from './validate/check-environment.ts'
export type { CheckOptions, EnvironmentVerdict } from './validate/check-environment.ts'
export { applyExceptions } from './validate/exceptions.ts'
export { documentResources } from './validate/schema/check-documents.ts'
export { kubernetesVersions } from './validate/schema/versions.ts'
export { openCatalog } from './validate/schema/catalog.ts'
export { checkArgoCd } from './validate/argocd/repository/check-argocd.ts'

// The objects of an environment and what joins them: who references, selects, routes to, makes, and may talk to whom.
export { buildGraph } from './graph/build-graph.ts'
export { resourceSet } from './manifest/resource-set.ts'
export type { Edge, EdgeKind, Graph } from './graph/graph.ts'

// Rules of one's own, and their fixtures test (`gitops rules test` runs it; a test of one's own may too).
export { checkRuleFixtures } from './validate/own-rules/check-rule-fixtures.ts'
export type { FixturesVerdict } from './validate/own-rules/check-rule-fixtures.ts'
export type { OwnRule, OwnRuleDefinition } from './validate/own-rules/own-rule.ts'
export type { OwnRules } from './validate/own-rules/run-own-rule.ts'
export type { Finding, Rule, RuleContext } from './validate/rule.ts'

// What a run found.
export type { Diagnostic, DiagnosticCode, Result, Severity, SourceLocation } from './diagnostics/diagnostic.ts'
