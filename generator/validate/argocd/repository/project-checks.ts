// Whether each Application's project lets it do what it does: source, destination, namespace of its own, and every object.

import type { Diagnostic, Severity } from '../../../diagnostics/diagnostic.ts'
import { describeResource, groupOf, type Resource } from '../../../manifest/resource.ts'
import { asList, asMap, asString, type YamlMap } from '../../../manifest/value.ts'
import { placementOf } from '../../../argocd/simulate/hooks.ts'
import { matchesFilePath } from '../../../argocd/simulate/glob.ts'
import {
  permitsApplicationNamespace,
  permitsDestination,
  permitsObject,
  permitsSource,
  type Verdict,
} from '../../../argocd/simulate/project-permission.ts'
import { syncOptionsOf } from '../../../argocd/simulate/read-argocd.ts'
import { report, some, type Check, type DeployedApplication, type Repository } from './repository.ts'

function projectFor({ project }: DeployedApplication, { projects }: Repository): Resource | undefined {
  return projects.find(candidate => candidate.name === project)
}

/** Sources, destination and objects that a project refuses: the sync fails with "not permitted". */
export const checkProjectPermissions: Check = function* (repository) {
  for (const deployed of repository.applications) {
    const project = projectFor(deployed, repository)
    if (project === undefined) continue
    yield* refusedSources(deployed, project)
    const destination = permitsDestination(project.object, deployed.destination, repository.input.clusters)
    yield* refusal(deployed, project, destination, '/spec/destination', 'the destination')
    if (destination.permitted !== false) yield* refusedObjects(deployed, project, repository)
  }
}

function* refusedSources(deployed: DeployedApplication, project: Resource): Iterable<Diagnostic> {
  const seen = new Set<string>()
  for (const { source } of deployed.sources) {
    if (seen.has(source.repoURL)) continue
    seen.add(source.repoURL)
    yield* refusal(
      deployed,
      project,
      permitsSource(project.object, source.repoURL),
      `${source.pointer}/repoURL`,
      'the source',
    )
  }
}

function* refusal(
  { application }: DeployedApplication,
  project: Resource,
  verdict: Verdict,
  pointer: string,
  what: string,
): Iterable<Diagnostic> {
  if (verdict.permitted === true) return
  const refused = verdict.permitted === false
  yield report({
    code: 'argocd/project-forbids',
    severity: refused ? 'error' : 'info',
    at: { resource: application, pointer },
    message: refused
      ? `project "${project.name}" does not permit ${what}: ${verdict.reason}`
      : `whether project "${project.name}" permits ${what} is not evaluated: ${verdict.reason}`,
    help: refused
      ? 'Permit it in the project, or correct the Application.'
      : 'Use the same of name and server in the project and the Application.',
    related: refused ? [{ at: { resource: project, pointer: verdict.pointer }, note: 'decided here' }] : [],
  })
}

/** One finding per reason, however many objects share it. */
function* refusedObjects(
  deployed: DeployedApplication,
  project: Resource,
  { scopeOf, input }: Repository,
): Iterable<Diagnostic> {
  const byReason = new Map<
    string,
    { readonly verdict: Exclude<Verdict, { permitted: true }>; readonly objects: Resource[] }
  >()
  // All that a verdict depends on: kind and namespace, or for cluster-scoped kinds the name.
  const verdicts = new Map<string, Verdict>()
  for (const resource of [...deployed.resources, ...createdNamespace(deployed)]) {
    if (placementOf(resource).phases.length === 0) continue
    const scope = scopeOf(resource)
    const object = { ...resource, group: groupOf(resource.apiVersion) }
    const key = `${object.group}/${object.kind}/${scope === 'namespaced' ? '' : object.name}/${object.namespace ?? ''}`
    const verdict =
      verdicts.get(key) ?? permitsObject(project.object, object, scope, deployed.destination, input.clusters)
    verdicts.set(key, verdict)
    // What is not known of the destination is said of the destination, once.
    if (verdict.permitted === true || (verdict.permitted === 'unknown' && scope !== undefined)) continue
    const known = byReason.get(verdict.reason)
    if (known === undefined) byReason.set(verdict.reason, { verdict, objects: [resource] })
    else known.objects.push(resource)
  }
  for (const { verdict, objects } of byReason.values()) yield refusedObject(deployed, project, verdict, objects)
}

function refusedObject(
  { application }: DeployedApplication,
  project: Resource,
  verdict: Exclude<Verdict, { permitted: true }>,
  objects: readonly Resource[],
): Diagnostic {
  const shown = some(objects.map(describeResource))
  const refused = verdict.permitted === false
  return report({
    code: 'argocd/project-forbids',
    severity: refused ? 'error' : 'info',
    at: { resource: application, pointer: '/spec/project' },
    message: refused
      ? `project "${project.name}" does not permit ${shown}: ${verdict.reason}`
      : `whether project "${project.name}" permits ${shown} is not evaluated: ${verdict.reason}`,
    help: refused
      ? 'Add the entry to the project.'
      : 'Commit the CustomResourceDefinition, or add its schema with "gitops schemas add".',
    related: [
      ...(refused ? [{ at: { resource: project, pointer: verdict.pointer }, note: 'decided here' }] : []),
      ...objects.slice(0, 3).map(resource => ({
        at: { resource, pointer: '' },
        note: refused ? 'not permitted' : 'this object',
      })),
    ],
  })
}

/** With CreateNamespace=true Argo CD syncs a Namespace that nothing renders, and the project must permit it. */
function createdNamespace({ application, destination, resources }: DeployedApplication): readonly Resource[] {
  const { namespace } = destination
  if (!syncOptionsOf(application.object).includes('CreateNamespace=true') || namespace === '') return []
  if (resources.some(resource => resource.kind === 'Namespace' && resource.name === namespace)) return []
  const object = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }
  return [{ apiVersion: 'v1', kind: 'Namespace', name: namespace, object, source: application.source }]
}

/** Projects that are nowhere in the repository: nothing can be said about permissions. */
export const checkProjectsKnown: Check = function* (repository) {
  for (const deployed of repository.applications) {
    if (deployed.project === 'default' || projectFor(deployed, repository) !== undefined) continue
    const known = repository.projects.map(project => project.name)
    yield report({
      code: 'argocd/unknown-project',
      severity: 'info',
      at: { resource: deployed.application, pointer: '/spec/project' },
      message: `project "${deployed.project}" is not in this repository, so what it permits is not evaluated${known.length === 0 ? '' : `, known: ${some(known)}`}`,
      help: 'Check the spelling; keep the project beside its Applications.',
    })
  }
}

/** Applications where Argo CD does not look, or whose project does not admit their namespace. */
export const checkApplicationNamespaces: Check = function* (repository) {
  const { controlPlane } = repository
  for (const deployed of repository.applications) {
    const { application } = deployed
    const namespace = application.namespace ?? controlPlane
    if (namespace === controlPlane) continue
    const wrong = namespaceMistake(namespace, deployed, repository)
    if (wrong === undefined) continue
    yield report({
      code: 'argocd/application-namespace',
      at: { resource: application, pointer: '/metadata/namespace' },
      ...wrong,
    })
  }
}

type NamespaceMistake = { readonly severity: Severity; readonly message: string; readonly help: string }

function namespaceMistake(
  namespace: string,
  deployed: DeployedApplication,
  repository: Repository,
): NamespaceMistake | undefined {
  const { controlPlane, input } = repository
  const project = projectFor(deployed, repository)
  const admitted =
    project === undefined
      ? undefined
      : permitsApplicationNamespace(project.object, namespace, controlPlane).permitted === true
  if (admitted === false) {
    return {
      severity: 'error',
      message: `project "${deployed.project}" does not admit Applications of namespace "${namespace}"`,
      help: 'Add the namespace to the sourceNamespaces of the project, or move the Application.',
    }
  }
  const watched = input.profile.argocd?.applicationNamespaces
  if (watched?.some(pattern => matchesFilePath(pattern, namespace)) === true) return undefined
  const unsure = watched === undefined ? ', unless it is told to' : ''
  return {
    severity: watched === undefined ? (admitted === true ? 'info' : 'warning') : 'error',
    message: `Argo CD in "${controlPlane}" does not look for Applications in namespace "${namespace}"${unsure}`,
    help: `Move it to "${controlPlane}", or declare the namespace as one for Applications.`,
  }
}

/** What controllers make from other objects: permitted so that Argo CD shows it. */
const children = new Set([
  'Pod',
  'ReplicaSet',
  'ControllerRevision',
  'Job',
  'PersistentVolumeClaim',
  'EndpointSlice',
  'Endpoints',
  'Event',
])

/** Kinds a project permits that none of its Applications renders. */
export const checkUnusedPermissions: Check = function* (repository) {
  for (const project of repository.projects) {
    const users = repository.applications.filter(application => application.project === project.name)
    if (users.length === 0 || !users.every(application => application.complete)) continue
    const rendered = users.flatMap(application => [...application.resources, ...createdNamespace(application)])
    for (const list of ['clusterResourceWhitelist', 'namespaceResourceWhitelist'] as const) {
      const entries = asList(asMap(project.object['spec'])[list])
      yield* entries.flatMap((value, index) => unusedEntry(project, list, index, asMap(value), rendered))
    }
  }
}

type List = 'clusterResourceWhitelist' | 'namespaceResourceWhitelist'

function unusedEntry(
  project: Resource,
  list: List,
  index: number,
  entry: YamlMap,
  rendered: readonly Resource[],
): readonly Diagnostic[] {
  const kind = asString(entry['kind']) ?? ''
  const group = asString(entry['group']) ?? ''
  const name = list === 'clusterResourceWhitelist' ? (asString(entry['name']) ?? '') : ''
  const used = rendered.some(
    resource =>
      matchesFilePath(kind, resource.kind) &&
      matchesFilePath(group, groupOf(resource.apiVersion)) &&
      (name === '' || matchesFilePath(name, resource.name)),
  )
  if (used || children.has(kind)) return []
  return [
    report({
      code: 'argocd/unused-permission',
      severity: 'info',
      at: { resource: project, pointer: `/spec/${list}/${index}` },
      message: `no Application of the project renders ${kind}${group === '' ? '' : `.${group}`}${name === '' ? '' : ` "${name}"`}`,
      help: 'Remove the entry once the last object of the kind is pruned: Argo CD prunes only what the project permits.',
    }),
  ]
}
