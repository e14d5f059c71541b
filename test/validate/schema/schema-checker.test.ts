// What a caller relies on: versions, verdicts that are shared, kinds without a schema, rules nobody evaluated.

import { describe, expect, test } from 'vitest'
import type { Resource } from '../../../generator/manifest/resource.ts'
import { toResource } from '../../../generator/manifest/resource.ts'
import type { YamlMap } from '../../../generator/manifest/value.ts'
import { openCatalog } from '../../../generator/validate/schema/catalog.ts'
import { createSchemaChecker } from '../../../generator/validate/schema/schema-checker.ts'
import {
  compareVersions,
  kubernetesVersions,
  minorVersion,
  versionProblem,
} from '../../../generator/validate/schema/versions.ts'
import { committedCatalog, readCommitted } from './committed-catalog.ts'

const catalog = committedCatalog()

function resource(object: YamlMap, file = 'a.yaml'): Resource {
  const found = toResource(object, { file, document: 1 })
  if (found === undefined) throw new Error('not an object')
  return found
}

const wrongLabels: YamlMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', labels: { on: true } } }
const widget: YamlMap = { apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'one' }, spec: { size: 1 } }

describe('versions', () => {
  test.each(['1.29', '1.37', '2.0', 'latest', '', '1.3'])('"%s" is an error that names the supported ones', version => {
    expect(versionProblem(version)).toContain('supported: 1.30, 1.31')
    expect(() => createSchemaChecker(catalog, { versions: [version] })).toThrow(
      `no schemas for Kubernetes "${version}"`,
    )
  })

  test.each([
    ['1.34', '1.34'],
    ['v1.34', '1.34'],
    ['v1.34.2', '1.34'],
    ['1.34.2-eks-1', '1.34'],
  ])('%s is %s', (written, meant) => {
    expect(minorVersion(written)).toBe(meant)
    expect(versionProblem(written)).toBeUndefined()
  })

  test('no version at all is an error', () => {
    expect(() => createSchemaChecker(catalog, { versions: [] })).toThrow('no Kubernetes version')
  })

  test('1.9 is older than 1.10', () => {
    expect(compareVersions('1.9', '1.10')).toBe(-1)
    expect(compareVersions('1.10', '1.9')).toBe(1)
    expect(compareVersions('1.34', '1.34')).toBe(0)
  })

  test('what all versions say is said once, without a version', () => {
    const { findings } = createSchemaChecker(catalog, { versions: kubernetesVersions }).check(resource(wrongLabels))
    expect(findings).toHaveLength(1)
    expect(findings[0]?.message).not.toContain('Kubernetes')
  })

  test('what only some versions say names them', () => {
    const object = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'a' },
      spec: { containers: [{ name: 'a' }], hostnameOverride: 'b' },
    }
    const { findings } = createSchemaChecker(catalog, { versions: ['1.33', '1.34'] }).check(resource(object))
    expect(findings.map(({ message }) => message)).toEqual([
      'unknown field "hostnameOverride"; it exists since Kubernetes 1.34 (Kubernetes 1.33)',
    ])
  })
})

describe('unknown fields of a definition', () => {
  const field: YamlMap = { type: 'string', 'x-generated-by': 'example' }
  const definition = (properties: YamlMap): YamlMap => ({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'widgets.example.com' },
    spec: {
      group: 'example.com',
      scope: 'Namespaced',
      names: { plural: 'widgets', kind: 'Widget' },
      versions: [
        { name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object', properties } } },
      ],
    },
  })
  test.each<[place: string, properties: YamlMap, severities: readonly string[]]>([
    ['a field', { color: field }, ['error']],
    // The server reads these by a decoder of their own, which drops what it does not know.
    ['an entry of a list', { sizes: { type: 'array', items: field } }, ['warning']],
    ['a value of a map', { labels: { type: 'object', additionalProperties: field } }, ['warning']],
  ])('in %s', (_, properties, severities) => {
    const { findings } = createSchemaChecker(catalog, { versions: ['1.34'] }).check(resource(definition(properties)))
    expect(findings.map(({ code }) => code)).toEqual(['schema/unknown-field'])
    expect(findings.map(({ severity }) => severity)).toEqual(severities)
  })
})

describe('reading', () => {
  test('nothing is read before it is needed, and only what is needed', () => {
    const read: string[] = []
    const watched = openCatalog(path => {
      read.push(path)
      return readCommitted(path)
    })
    expect(read).toEqual([])
    const checker = createSchemaChecker(watched, { versions: ['1.33'] })
    checker.check(resource({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } }))
    expect(read).toEqual(['kubernetes/1.33.json', 'kubernetes/1.36.json'])
    checker.check(
      resource({ apiVersion: 'bitnami.com/v1alpha1', kind: 'SealedSecret', metadata: { name: 'a' }, spec: {} }),
    )
    expect(read.slice(2)).toEqual(['crds/bitnami.com/sealedsecret_v1alpha1.json'])
  })

  test.each([
    ['example.com/v1', '../../../etc/passwd'],
    ['../../etc/v1', 'Widget'],
    ['example.com/../v1', 'Widget'],
    ['example.com/v1', 'Wid/get'],
  ])('no file is looked for under %s %s', (apiVersion, kind) => {
    const read: string[] = []
    const watched = openCatalog(path => {
      read.push(path)
      return readCommitted(path)
    })
    const verdict = createSchemaChecker(watched, { versions: ['1.36'] }).check(
      resource({ apiVersion, kind, metadata: { name: 'a' } }),
    )
    expect(verdict.skipped).toBe(`no schema for ${apiVersion} ${kind}`)
    expect(read.every(path => path.startsWith('kubernetes/'))).toBe(true)
  })

  test('a version whose file is gone is an error, never an empty schema', () => {
    const empty = openCatalog(() => undefined)
    expect(() => createSchemaChecker(empty, { versions: ['1.34'] })).toThrow('schemas/kubernetes/1.34.json is missing')
  })
})

describe('verdicts', () => {
  test('an object shared by two overlays is walked once, and reported where it stands', () => {
    const checker = createSchemaChecker(catalog, { versions: ['1.34'] })
    const first = checker.check(resource(wrongLabels, 'staging'))
    let reads = 0
    const watched = new Proxy(wrongLabels as Record<string, unknown>, {
      ownKeys: target => {
        reads += 1
        return Reflect.ownKeys(target)
      },
    }) as YamlMap
    checker.check({ ...resource(wrongLabels), object: watched })
    checker.check({ ...resource(wrongLabels), object: watched })
    expect(reads).toBe(1)
    const second = checker.check(resource(wrongLabels, 'production'))
    expect(first.findings[0]?.at.resource.source.file).toBe('staging')
    expect(second.findings[0]?.at.resource.source.file).toBe('production')
  })

  test('a kind without a schema is skipped, and allowed only with a reason', () => {
    const plain = createSchemaChecker(catalog, { versions: ['1.34'] }).check(resource(widget))
    expect(plain).toEqual({ findings: [], skipped: 'no schema for example.com/v1 Widget' })
    const unvalidatedKinds = [{ apiVersion: 'example.com/v1', kind: 'Widget', reason: 'vendored operator' }]
    const allowed = createSchemaChecker(catalog, { versions: ['1.34'], unvalidatedKinds }).check(resource(widget))
    expect(allowed).toEqual({
      findings: [],
      skipped: 'no schema for example.com/v1 Widget',
      allowed: 'vendored operator',
    })
  })

  test('a kind of a built-in group is never skipped', () => {
    const verdict = createSchemaChecker(catalog, { versions: ['1.34'] }).check(
      resource({ apiVersion: 'apps/v1', kind: 'Deploymnt', metadata: { name: 'a' } }),
    )
    expect(verdict.skipped).toBeUndefined()
    expect(verdict.findings[0]?.code).toBe('schema/unknown-kind')
  })

  test('rules that cannot be evaluated are listed, not passed', () => {
    const crd = resource({
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'widgets.example.com' },
      spec: {
        group: 'example.com',
        scope: 'Namespaced',
        names: { kind: 'Widget', plural: 'widgets' },
        versions: [
          {
            name: 'v1',
            served: true,
            storage: true,
            schema: {
              openAPIV3Schema: {
                type: 'object',
                properties: {
                  spec: {
                    type: 'object',
                    properties: { size: { type: 'integer' } },
                    'x-kubernetes-validations': [{ rule: 'self.size > 0' }, { rule: 'self.size >= oldSelf.size' }],
                  },
                },
              },
            },
          },
        ],
      },
    })
    const options = { versions: ['1.34'], crds: [crd] }
    // A rule about the old object says nothing about a new one.
    expect(createSchemaChecker(catalog, options).check(resource(widget))).toEqual({ findings: [] })
    const undecided = createSchemaChecker(catalog, {
      ...options,
      evaluateCel: () => ({ outcome: 'not-evaluated', reason: 'needs the cluster' }),
    }).check(resource(widget))
    expect(undecided.notEvaluated).toEqual(['self.size > 0', 'self.size >= oldSelf.size'])
    const broken = createSchemaChecker(catalog, { ...options, evaluateCel: () => ({ outcome: 'broken' }) }).check(
      resource(widget),
    )
    const finding = ['schema/validation-rule', '/spec']
    expect(broken.findings.map(({ code, at }) => [code, at.pointer])).toEqual([finding, finding])
    const held = createSchemaChecker(catalog, { ...options, evaluateCel: () => ({ outcome: 'held' }) }).check(
      resource(widget),
    )
    expect(held).toEqual({ findings: [] })
  })

  test('a Secret’s value is in no message', () => {
    const object = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'a' },
      data: { key: 'hunter2!', other: 'hunter2', number: 424242, flag: true },
      stringData: { pin: 424242 },
    }
    const { findings } = createSchemaChecker(catalog, { versions: ['1.34'] }).check(resource(object))
    expect(findings).toHaveLength(5)
    expect(JSON.stringify(findings.map(({ message, help }) => [message, help]))).not.toMatch(/hunter2|424242/)
  })

  test('what SOPS encrypted is said to be unchecked', () => {
    const sops = { mac: 'ENC[x]' }
    const object = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'a' },
      data: { a: 'ENC[y]', b: 'plain!' },
      sops,
    }
    const { findings, notEvaluated } = createSchemaChecker(catalog, { versions: ['1.34'] }).check(resource(object))
    expect(findings.map(({ at }) => at.pointer)).toEqual(['/data/b'])
    expect(notEvaluated).toEqual(['values that are encrypted with SOPS'])
  })

  test('deep objects do not overflow the stack', () => {
    let value: YamlMap = {}
    for (let depth = 0; depth < 5000; depth += 1) value = { properties: { a: { type: 'object', ...value } } }
    const schema = { type: 'object', ...value }
    const object = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'widgets.example.com' },
      spec: {
        group: 'example.com',
        scope: 'Namespaced',
        names: { kind: 'Widget', plural: 'widgets' },
        versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: schema } }],
      },
    }
    const { findings } = createSchemaChecker(catalog, { versions: ['1.34'] }).check(resource(object))
    expect(findings.map(({ message }) => message)).toEqual(['nested deeper than 1000 levels'])
  })
})

describe('scope', () => {
  test.each([
    ['apps/v1', 'Deployment', 'Namespaced'],
    ['v1', 'Namespace', 'Cluster'],
    ['rbac.authorization.k8s.io/v1', 'ClusterRole', 'Cluster'],
    ['cert-manager.io/v1', 'ClusterIssuer', 'Cluster'],
    ['argoproj.io/v1alpha1', 'AppProject', 'Namespaced'],
    ['example.com/v1', 'Widget', undefined],
  ])('%s %s: %s', (apiVersion, kind, scope) => {
    expect(catalog.scopeOf(apiVersion, kind)).toBe(scope)
  })
})
