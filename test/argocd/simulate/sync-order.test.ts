// gitops-engine/pkg/sync (sync_tasks.go, sync_phase.go, hook/, syncwaves/) and docs/user-guide/sync-waves.md of Argo CD 3.5.

import { describe, expect, test } from 'vitest'
import { placementOf } from '../../../generator/argocd/simulate/hooks.ts'
import { syncOrder } from '../../../generator/argocd/simulate/sync-order.ts'
import { waveInversions } from '../../../generator/argocd/simulate/wave-deadlocks.ts'
import { resourcesOf } from '../../support/hustlex-argocd.ts'

function object(kind: string, name: string, annotations = '', more = ''): string {
  const groups: Readonly<Record<string, string>> = {
    Deployment: 'apps/v1',
    StatefulSet: 'apps/v1',
    Job: 'batch/v1',
    Ingress: 'networking.k8s.io/v1',
    NetworkPolicy: 'networking.k8s.io/v1',
    Widget: 'example.com/v1',
    HorizontalPodAutoscaler: 'autoscaling/v2',
    CustomResourceDefinition: 'apiextensions.k8s.io/v1',
    ExternalSecret: 'external-secrets.io/v1',
    SecretStore: 'external-secrets.io/v1',
  }
  return `apiVersion: ${groups[kind] ?? 'v1'}\nkind: ${kind}\nmetadata: { name: ${name}${kind === 'Namespace' || kind === 'CustomResourceDefinition' ? '' : ', namespace: n'}, annotations: {${annotations}} }\n${more}`
}

const wave = (value: number | string): string => `argocd.argoproj.io/sync-wave: "${value}"`
const hook = (value: string): string => `argocd.argoproj.io/hook: "${value}"`
const all = (...texts: readonly string[]) => resourcesOf(texts.join('\n---\n'))
const order = (...texts: readonly string[]): string[] =>
  syncOrder(all(...texts)).tasks.map(task => `${task.phase} ${task.wave} ${task.resource.kind}/${task.resource.name}`)

describe('placement by annotations', () => {
  test.each([
    { annotations: '', phases: ['Sync'], hook: false, wave: 0 },
    { annotations: hook('PreSync'), phases: ['PreSync'], hook: true, wave: 0 },
    { annotations: hook('PostSync, PreSync'), phases: ['PreSync', 'PostSync'], hook: true, wave: 0 },
    { annotations: hook('presync'), phases: [], hook: true, wave: 0 },
    { annotations: hook('Skip'), phases: [], hook: false, wave: 0 },
    { annotations: hook('Skip,PreSync'), phases: ['PreSync'], hook: true, wave: 0 },
    { annotations: hook('PreDelete'), phases: [], hook: true, wave: 0 },
    // A hook of a deletion alone is no type of a sync, so Helm's are read (hook.go, Types; controller/hook.go).
    {
      annotations: `${hook('PostDelete')}, helm.sh/hook: pre-install`,
      phases: ['PreSync'],
      hook: true,
      wave: 0,
    },
    // strconv.Atoi: more than 64 bits are no integer, and the Helm weight is read.
    {
      annotations: `${wave('99999999999999999999')}, helm.sh/hook-weight: "3"`,
      phases: ['Sync'],
      hook: false,
      wave: 3,
    },
    { annotations: 'helm.sh/hook: "pre-install,pre-upgrade"', phases: ['PreSync'], hook: true, wave: 0 },
    { annotations: 'helm.sh/hook: crd-install', phases: ['Sync'], hook: false, wave: 0 },
    { annotations: 'helm.sh/hook: test', phases: [], hook: true, wave: 0 },
    { annotations: `${hook('Sync')}, helm.sh/hook: pre-install`, phases: ['Sync'], hook: true, wave: 0 },
    { annotations: wave('-5'), phases: ['Sync'], hook: false, wave: -5 },
    { annotations: wave('+5'), phases: ['Sync'], hook: false, wave: 5 },
    { annotations: wave('1.5'), phases: ['Sync'], hook: false, wave: 0 },
    { annotations: wave(' 1'), phases: ['Sync'], hook: false, wave: 0 },
    { annotations: `${wave('x')}, helm.sh/hook-weight: "7"`, phases: ['Sync'], hook: false, wave: 7 },
  ])('{$annotations}', ({ annotations, phases, hook: isHook, wave: expected }) => {
    const [resource] = all(object('Job', 'j', annotations))
    const placement = resource && placementOf(resource)
    expect(placement).toMatchObject({ phases, hook: isHook, wave: expected })
  })

  test.each([
    { annotations: '', expected: ['BeforeHookCreation'] },
    {
      annotations: 'argocd.argoproj.io/hook-delete-policy: "HookSucceeded, HookFailed"',
      expected: ['HookSucceeded', 'HookFailed'],
    },
    { annotations: 'argocd.argoproj.io/hook-delete-policy: hooksucceeded', expected: ['BeforeHookCreation'] },
    { annotations: 'helm.sh/hook-delete-policy: hook-succeeded', expected: ['HookSucceeded'] },
  ])('delete policies of {$annotations}', ({ annotations, expected }) => {
    const [resource] = all(object('Job', 'j', annotations))
    expect(resource && placementOf(resource).deletePolicies).toEqual(expected)
  })
})

describe('order', () => {
  test('phase, wave, kind, name', () => {
    expect(
      order(
        object('Widget', 'w'),
        object('Deployment', 'b'),
        object('StatefulSet', 's'),
        object('Deployment', 'a'),
        object('Ingress', 'i'),
        object('ConfigMap', 'late', wave(1)),
        object('Job', 'after', hook('PostSync')),
        object('Job', 'before', hook('PreSync')),
        object('Job', 'first', `${hook('PreSync')}, ${wave(-1)}`),
        object('Job', 'failed', hook('SyncFail')),
        object('NetworkPolicy', 'np'),
        object('ConfigMap', 'early', wave(-1)),
      ),
    ).toEqual([
      'PreSync -1 Job/first',
      'PreSync 0 Job/before',
      'Sync -1 ConfigMap/early',
      'Sync 0 NetworkPolicy/np',
      'Sync 0 Deployment/a',
      'Sync 0 Deployment/b',
      'Sync 0 StatefulSet/s',
      'Sync 0 Ingress/i',
      'Sync 0 Widget/w',
      'Sync 1 ConfigMap/late',
      'PostSync 0 Job/after',
      'SyncFail 0 Job/failed',
    ])
  })

  test('a Namespace moves before the first object inside it, phase and wave too', () => {
    expect(order(object('Namespace', 'n'), object('Job', 'j', `${hook('PreSync')}, ${wave(-2)}`))).toEqual([
      'PreSync -2 Namespace/n',
      'PreSync -2 Job/j',
    ])
    expect(order(object('Namespace', 'other', wave(3)), object('ConfigMap', 'c'))).toEqual([
      'Sync 0 ConfigMap/c',
      'Sync 3 Namespace/other',
    ])
  })

  test('a definition moves before the first object of its kind', () => {
    const crd = object(
      'CustomResourceDefinition',
      'widgets.example.com',
      wave(5),
      'spec: {group: example.com, names: {kind: Widget}}\n',
    )
    expect(order(crd, object('Widget', 'w', wave(1)))).toEqual([
      'Sync 1 CustomResourceDefinition/widgets.example.com',
      'Sync 1 Widget/w',
    ])
  })

  test('what is never applied, and what only a deletion applies', () => {
    const plan = syncOrder(
      all(
        object('Job', 'typo', hook('Presync')),
        object('Job', 'skip', hook('Skip')),
        object('Job', 'bye', hook('PostDelete')),
      ),
    )
    expect(plan.tasks).toEqual([])
    expect(plan.neverApplied.map(resource => resource.name)).toEqual(['typo', 'skip'])
    expect(plan.deletionHooks.map(({ resource, when }) => `${when} ${resource.name}`)).toEqual(['PostDelete bye'])
  })
})

const pod = (fields: string): string =>
  `spec: { template: { spec: { containers: [{ name: c, image: i${fields} }] } } }\n`
const fromConfig = pod(', envFrom: [{ configMapRef: { name: settings } }]')
const fromSecret = pod(', env: [{ name: P, valueFrom: { secretKeyRef: { name: password, key: p } } }]')

describe('an earlier step that needs a later one', () => {
  test.each([
    {
      name: 'Deployment before its ConfigMap',
      objects: [object('Deployment', 'd', wave(-1), fromConfig), object('ConfigMap', 'settings')],
      expected: [
        'deadlock Deployment/d ConfigMap/settings /spec/template/spec/containers/0/envFrom/0/configMapRef/name',
      ],
    },
    {
      name: 'the same wave',
      objects: [object('Deployment', 'd', '', fromConfig), object('ConfigMap', 'settings')],
      expected: [],
    },
    {
      name: 'the right way round',
      objects: [object('Deployment', 'd', wave(1), fromConfig), object('ConfigMap', 'settings')],
      expected: [],
    },
    {
      name: 'optional',
      objects: [
        object('Deployment', 'd', wave(-1), pod(', envFrom: [{ configMapRef: { name: settings, optional: true } }]')),
        object('ConfigMap', 'settings'),
      ],
      expected: [],
    },
    {
      name: 'another namespace',
      objects: [
        object('Deployment', 'd', wave(-1), fromConfig),
        object('ConfigMap', 'settings').replace('namespace: n', 'namespace: m'),
      ],
      expected: [],
    },
    {
      name: 'a hook before its ConfigMap',
      objects: [object('Job', 'j', hook('PreSync'), fromConfig), object('ConfigMap', 'settings')],
      expected: ['hook Job/j ConfigMap/settings /spec/template/spec/containers/0/envFrom/0/configMapRef/name'],
    },
    {
      name: 'a Secret that an ExternalSecret makes later',
      objects: [
        object('Deployment', 'd', '', fromSecret),
        object('ExternalSecret', 'e', wave(1), 'spec: { target: { name: password } }\n'),
      ],
      expected: [
        'deadlock Deployment/d ExternalSecret/e /spec/template/spec/containers/0/env/0/valueFrom/secretKeyRef/name',
      ],
    },
    {
      name: 'ExternalSecret before its store',
      objects: [
        object('ExternalSecret', 'e', '', 'spec: { secretStoreRef: { name: vault } }\n'),
        object('SecretStore', 'vault', wave(1)),
      ],
      expected: ['deadlock ExternalSecret/e SecretStore/vault /spec/secretStoreRef/name'],
    },
    {
      name: 'autoscaler before its target',
      objects: [
        object('HorizontalPodAutoscaler', 'h', wave(-1), 'spec: { scaleTargetRef: { kind: Deployment, name: d } }\n'),
        object('Deployment', 'd'),
      ],
      expected: ['deadlock HorizontalPodAutoscaler/h Deployment/d /spec/scaleTargetRef/name'],
    },
    {
      name: 'service account',
      objects: [
        object('StatefulSet', 's', wave(-1), 'spec: { template: { spec: { serviceAccountName: sa } } }\n'),
        object('ServiceAccount', 'sa'),
      ],
      expected: ['deadlock StatefulSet/s ServiceAccount/sa /spec/template/spec/serviceAccountName'],
    },
    {
      name: 'volumes',
      objects: [
        object(
          'Deployment',
          'd',
          wave(-1),
          'spec: { template: { spec: { volumes: [{ name: v, persistentVolumeClaim: { claimName: data } }, { name: p, projected: { sources: [{ secret: { name: token } }] } }] } } }\n',
        ),
        object('PersistentVolumeClaim', 'data'),
        object('Secret', 'token'),
      ],
      expected: [
        'deadlock Deployment/d PersistentVolumeClaim/data /spec/template/spec/volumes/0/persistentVolumeClaim/claimName',
        'deadlock Deployment/d Secret/token /spec/template/spec/volumes/1/projected/sources/0/secret/name',
      ],
    },
  ])('$name', ({ objects, expected }) => {
    const found = waveInversions(syncOrder(all(...objects)))
    expect(
      found.map(
        ({ effect, consumer, provider, at }) =>
          `${effect} ${consumer.kind}/${consumer.name} ${provider.kind}/${provider.name} ${at.pointer}`,
      ),
    ).toEqual(expected)
  })
})
