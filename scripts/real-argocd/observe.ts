// What becomes of the Applications: synced the first time, after everything is compared anew, and after somebody else scaled what
// an autoscaler owns.

import { waitFor } from './processes.ts'

export type Kubectl = (...args: readonly string[]) => string

export interface Observation {
  readonly application: string
  readonly when: string
  readonly sync: string
  readonly health: string
  /** Conditions and failed operations, as Argo CD words them. */
  readonly complaints: readonly string[]
}

interface Application {
  readonly metadata: { readonly name: string; readonly annotations?: Readonly<Record<string, string>> }
  readonly status?: {
    readonly sync?: { readonly status?: string }
    readonly health?: { readonly status?: string }
    readonly conditions?: readonly { readonly type: string; readonly message: string }[]
    readonly operationState?: { readonly phase?: string; readonly message?: string }
  }
}

/** Waits for the Applications and looks at them three times; once, where they do not get that far. */
export async function observe(kubectl: Kubectl, expected: readonly string[]): Promise<readonly Observation[]> {
  const read = (): readonly Application[] => list<Application>(kubectl, 'applications.argoproj.io')
  const look = async (when: string): Promise<readonly Observation[]> => {
    await waitUntilSettled(read, expected)
    return read().map(application => observation(application, when))
  }
  const first = await look('first sync')
  if (first.some(({ sync, complaints }) => sync !== 'Synced' || complaints.length > 0)) return first
  await refresh(kubectl, read)
  const second = await look('compared anew')
  const scaled = scaleAutoscaled(kubectl)
  await refresh(kubectl, read)
  return [...first, ...second, ...(await look('replicas changed')), ...scaled()]
}

function list<T>(kubectl: Kubectl, kind: string): readonly T[] {
  return (JSON.parse(kubectl('get', kind, '--all-namespaces', '-o', 'json')) as { readonly items: readonly T[] }).items
}

/** Until all are synced, or for three minutes: what is wrong then stands in the table. */
async function waitUntilSettled(read: () => readonly Application[], expected: readonly string[]): Promise<void> {
  const isSettled = ({ status }: Application): boolean =>
    status?.sync?.status === 'Synced' && status.operationState?.phase === 'Succeeded'
  const settled = waitFor('Synced Applications', 180, () => {
    const found = read()
    const names = found.map(({ metadata }) => metadata.name)
    return (expected.every(name => names.includes(name)) && found.every(isSettled)) || undefined
  })
  await settled.catch((error: unknown) => console.error(String(error)))
}

/** Compares with freshly rendered manifests; Argo CD takes the annotation away when it has (docs/user-guide/annotations-and-labels.md). */
async function refresh(kubectl: Kubectl, read: () => readonly Application[]): Promise<void> {
  const annotation = 'argocd.argoproj.io/refresh'
  kubectl('annotate', '--overwrite', '--all', '-n', 'argocd', 'applications.argoproj.io', `${annotation}=hard`)
  await waitFor('the refresh', 120, () =>
    read().every(({ metadata }) => metadata.annotations?.[annotation] === undefined) ? true : undefined,
  )
}

interface Autoscaler {
  readonly metadata: { readonly namespace: string }
  readonly spec: { readonly scaleTargetRef: { readonly kind: string; readonly name: string } }
}

/** Gives each autoscaled workload one replica more; asked later, says which of them were taken back. */
function scaleAutoscaled(kubectl: Kubectl): () => readonly Observation[] {
  const scaled = list<Autoscaler>(kubectl, 'horizontalpodautoscalers').map(({ metadata, spec }) => {
    const target = [`${spec.scaleTargetRef.kind}/${spec.scaleTargetRef.name}`, '-n', metadata.namespace] as const
    const replicas = (): number => Number(kubectl('get', ...target, '-o', 'jsonpath={.spec.replicas}'))
    const wanted = replicas() + 1
    kubectl('scale', ...target, `--replicas=${wanted}`)
    return { name: target[0], wanted, replicas }
  })
  return () =>
    scaled.map(({ name, wanted, replicas }) => {
      const kept = replicas() === wanted
      const complaints = kept ? [] : [`Argo CD set the replicas back to ${replicas()}`]
      return { application: name, when: 'replicas changed', sync: kept ? 'Kept' : 'Reset', health: '', complaints }
    })
}

function observation({ metadata, status }: Application, when: string): Observation {
  const { phase = 'None', message = '' } = status?.operationState ?? {}
  const failed = phase === 'Succeeded' ? [] : [`operation ${phase}: ${message}`]
  return {
    application: metadata.name,
    when,
    sync: status?.sync?.status ?? 'Unknown',
    health: status?.health?.status ?? 'Unknown',
    complaints: [...(status?.conditions ?? []).map(({ type, message: text }) => `${type}: ${text}`), ...failed],
  }
}
