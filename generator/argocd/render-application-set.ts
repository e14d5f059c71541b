// The ApplicationSet alternative: one object that generates the environments' Applications. The safety set is always on:
// Go templates with missing keys as errors, a policy that does not delete, and objects that outlive their Application.

import { argoApiVersion, type Application, type ObjectMeta } from './application.ts'
import type { ApplicationSetSettings, ArgoCdEnvironment, ArgoCdInput } from './argocd-input.ts'
import { commonLabels, renderApplication } from './render-application.ts'
import type { YamlMap } from '../manifest/value.ts'

export type ApplicationSet = {
  readonly apiVersion: typeof argoApiVersion
  readonly kind: 'ApplicationSet'
  readonly metadata: ObjectMeta
  readonly spec: YamlMap
}

/**
 * An ApplicationSet whose Applications equal the plain ones. What differs between environments travels as data:
 * as `patch` in the elements of a list, or chosen by directory name where a git generator finds the environments;
 * `templatePatch` merges it in.
 */
export function renderApplicationSet(input: ArgoCdInput, settings: ApplicationSetSettings): ApplicationSet {
  return {
    apiVersion: argoApiVersion,
    kind: 'ApplicationSet',
    metadata: { name: input.platform, namespace: input.controlPlaneNamespace ?? 'argocd', labels: commonLabels(input) },
    spec: {
      goTemplate: true,
      goTemplateOptions: ['missingkey=error'],
      generators: [generatorOf(input, settings)],
      syncPolicy: {
        applicationsSync: settings.policy ?? 'create-update',
        ...((settings.preserveResourcesOnDeletion ?? true) ? { preserveResourcesOnDeletion: true } : {}),
      },
      template: templateOf(input, settings),
      templatePatch: patchTemplate(input, settings),
    },
  }
}

function generatorOf(input: ArgoCdInput, settings: ApplicationSetSettings): YamlMap {
  if (settings.generator === 'list') {
    return {
      list: {
        elements: input.environments.map(environment => ({
          ...scalars(input, environment),
          patch: patchOf(input, environment),
        })),
      },
    }
  }
  const directories: YamlMap = {
    git: {
      repoURL: input.repoURL,
      revision: settings.revision ?? 'refs/heads/main',
      directories: [{ path: settings.directories ?? overlaysGlob(input) }],
    },
  }
  if (settings.generator === 'git-directory') return directories
  const clusters = (settings.clusters ?? []).map(({ name }) => ({ cluster: name }))
  return { matrix: { generators: [directories, { list: { elements: clusters } }] } }
}

function overlaysGlob(input: ArgoCdInput): string {
  const first = input.environments[0]?.path ?? 'k8s/overlays/none'
  return `${first.slice(0, first.lastIndexOf('/'))}/*`
}

function scalars(input: ArgoCdInput, environment: ArgoCdEnvironment): YamlMap {
  return { name: `${input.platform}-${environment.name}`, path: environment.path, revision: environment.targetRevision }
}

function templateOf(input: ArgoCdInput, { generator }: ApplicationSetSettings): YamlMap {
  const list = generator === 'list'
  const project = list ? '{{ .name }}' : `${input.platform}-{{ .path.basename }}`
  return {
    metadata: { name: generator === 'matrix' ? `${project}-{{ .cluster }}` : project },
    spec: {
      project,
      ...(hydrates(input) ? {} : { source: sourceTemplate(input, list) }),
      // Required by the API's schema; the patch names the real one.
      destination: generator === 'matrix' ? { name: '{{ .cluster }}' } : {},
    },
  }
}

function sourceTemplate(input: ArgoCdInput, list: boolean): YamlMap {
  return {
    repoURL: input.repoURL,
    targetRevision: list ? '{{ .revision }}' : 'refs/heads/main',
    path: list ? '{{ .path }}' : '{{ .path.path }}',
  }
}

/** An Application has a source or a hydrator, so a template for both kinds leaves it to the patch. */
function hydrates(input: ArgoCdInput): boolean {
  return input.environments.some(environment => environment.hydrator !== undefined)
}

function patchTemplate(input: ArgoCdInput, { generator }: ApplicationSetSettings): string {
  if (generator === 'list') return '{{ toJson .patch }}\n'
  const branches = input.environments.map((environment, index) => {
    const patch = generator === 'matrix' ? withoutCluster(patchOf(input, environment)) : patchOf(input, environment)
    const test = `{{ ${index === 0 ? 'if' : 'else if'} eq .path.basename ${JSON.stringify(lastSegment(environment.path))} }}`
    return `${test}\n${JSON.stringify(patch)}\n`
  })
  return `${branches.join('')}{{ end }}\n`
}

function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** All of the plain Application but what the template itself says. */
function patchOf(input: ArgoCdInput, environment: ArgoCdEnvironment): YamlMap {
  const { metadata, spec }: Application = renderApplication(input, environment)
  const { labels, annotations, finalizers } = metadata
  const { project: _project, source, ...rest } = spec
  const changed = source === undefined || hydrates(input) ? source : { targetRevision: source.targetRevision }
  const revision = changed === undefined ? {} : { source: changed }
  return {
    metadata: { ...(labels && { labels }), ...(annotations && { annotations }), ...(finalizers && { finalizers }) },
    spec: { ...rest, ...revision },
  }
}

function withoutCluster(patch: YamlMap): YamlMap {
  const spec = patch['spec'] as YamlMap
  const { name: _name, server: _server, ...destination } = spec['destination'] as YamlMap
  return { ...patch, spec: { ...spec, destination } }
}
