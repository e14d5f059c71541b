// `gitops validate` on what people give it: files, trees, overlays, standard input, and things that are no manifests.

import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { hustlexDirectory } from '../../support/hustlex-repository.ts'
import { projectRoot, runCli } from '../../support/run-cli.ts'
import { directoryWith, writeAll } from '../../support/temporary-directory.ts'

const good = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  namespace: shop\ndata:\n  a: b\n'
const unknownField = `${good}dta: {}\n`
const widget = 'apiVersion: example.com/v1\nkind: Widget\nmetadata:\n  name: w\n  namespace: shop\n'

interface JsonReport {
  readonly summary: Readonly<Record<string, number>>
  readonly diagnostics: readonly {
    readonly code: string
    readonly environment?: string
    readonly at: { readonly file: string; readonly line: number }
  }[]
  readonly skipped: readonly unknown[]
  readonly notChecked: readonly string[]
}

async function validated(root: string, ...argv: readonly string[]): Promise<JsonReport & { readonly exit: number }> {
  const { code, stdout, stderr } = await runCli(root, ['validate', ...argv, '--format', 'json'])
  if (stdout === '') throw new Error(stderr)
  return { exit: code, ...(JSON.parse(stdout) as JsonReport) }
}

describe('one file', () => {
  test.each([
    { name: 'good', text: good, exit: 0, codes: [] },
    { name: 'with an unknown field', text: unknownField, exit: 1, codes: ['schema/unknown-field'] },
    { name: 'that is no YAML', text: 'a: [\n', exit: 1, codes: ['yaml/syntax'] },
    { name: 'that is no object', text: '- a\n', exit: 1, codes: ['schema/not-an-object'] },
    { name: 'of a kind without schema', text: widget, exit: 1, codes: ['schema/no-schema'] },
    { name: 'with CRLF and a BOM', text: `\ufeff${good.replaceAll('\n', '\r\n')}`, exit: 0, codes: [] },
    { name: 'with empty documents', text: `---\n---\n${good}---\n`, exit: 0, codes: [] },
  ])('$name', async ({ text, exit, codes }) => {
    const report = await validated(directoryWith({ 'a.yaml': text }), 'a.yaml', '--only', 'schema')
    expect({ exit: report.exit, codes: report.diagnostics.map(({ code }) => code) }).toEqual({ exit, codes })
  })

  test('without a name: what else is wrong is said at once, where the kind is one of Kubernetes', async () => {
    const pod = 'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: a\n    image: a:latest\n'
    const codes = async (text: string): Promise<readonly string[]> => {
      const { diagnostics } = await validated(
        directoryWith({ 'a.yaml': text }),
        'a.yaml',
        '--only',
        'schema,policy/no-latest-tag',
      )
      return diagnostics.map(({ code }) => code)
    }
    expect(await codes(pod)).toEqual(['schema/missing-name', 'policy/no-latest-tag'])
    expect(await codes(pod.replace('apiVersion: v1', 'apiVersion: example.com/v1'))).toEqual(['schema/missing-name'])
    const address =
      'apiVersion: networking.k8s.io/v1\nkind: IPAddress\nspec:\n  parentRef: { resource: services, name: a }\n'
    expect(await codes(address)).toEqual(['schema/missing-name'])
  })

  test('without a name, an object finds what its namespace has', async () => {
    const pod =
      'apiVersion: v1\nkind: Pod\nmetadata: { namespace: shop }\nspec:\n  containers:\n' +
      '  - { name: a, image: "a:1", envFrom: [{ configMapRef: { name: settings } }] }\n'
    const settings = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings, namespace: shop }\n'
    const files = directoryWith({ 'a.yaml': `${pod}---\n${settings}` })
    const { diagnostics } = await validated(files, 'a.yaml', '--only', 'schema,reference,policy/require-namespace')
    expect(diagnostics.map(({ code }) => code)).toEqual(['schema/missing-name'])
  })

  // Compared with kubectl and an API server of 1.34.
  test.each(['yes', 'on', 'n', 'Off', '1_000', '010', '0x10', '.5', '+1', '1e3'])(
    'with the bare word %s for a text',
    async word => {
      const text = good.replace('a: b', `a: ${word}`)
      const report = await validated(directoryWith({ 'a.yaml': text }), 'a.yaml', '--only', 'schema')
      expect(report.diagnostics.map(({ code }) => code)).toEqual(['schema/wrong-type'])
    },
  )

  test.each(['12:30', '2020-01-01', '"yes"', 'yes please', '1.2.3', '0o8', '~'])(
    'with %s for a text is fine',
    async word => {
      const text = good.replace('a: b', `a: ${word}`)
      expect((await validated(directoryWith({ 'a.yaml': text }), 'a.yaml', '--only', 'schema')).exit).toBe(0)
    },
  )

  test('keys that are numbers or words become texts, as for kubectl', async () => {
    const text = good.replace('a: b', '8080: "a"\n  true: "b"\n  1.5: "c"')
    expect((await validated(directoryWith({ 'a.yaml': text }), 'a.yaml', '--only', 'schema')).exit).toBe(0)
  })

  test('kustomize reads words of YAML 1.1 as texts, and no keys that are numbers', async () => {
    const tree = (value: string) =>
      directoryWith({
        'k/kustomization.yaml': 'resources: [a.yaml]\n',
        'k/a.yaml': good.replace('a: b', value),
      })
    expect((await validated(tree('a: yes'), 'k', '--only', 'schema')).exit).toBe(0)
    const { diagnostics } = await validated(tree('8080: "a"'), 'k', '--only', 'schema')
    expect(diagnostics.map(({ code }) => code)).toEqual(['yaml/non-string-key'])
  })

  test('a kind without schema is counted as skipped, with the reason', async () => {
    const { summary, skipped } = await validated(directoryWith({ 'a.yaml': widget }), 'a.yaml')
    expect(summary).toMatchObject({ rendered: 1, validated: 0, skipped: 1 })
    expect(skipped).toEqual([
      {
        resource: { apiVersion: 'example.com/v1', kind: 'Widget', namespace: 'shop', name: 'w' },
        reason: 'no schema for example.com/v1 Widget',
      },
    ])
  })

  test.each([
    { name: 'an empty file', text: '' },
    { name: 'comments alone', text: '# nothing\n' },
  ])('$name is nothing to validate: an error, not a pass', async ({ text }) => {
    expect(await runCli(directoryWith({ 'a.yaml': text }), ['validate', 'a.yaml'])).toMatchObject({
      code: 2,
      stdout: '',
    })
  })

  test('an API-server rule that no schema holds', async () => {
    const service =
      'apiVersion: v1\nkind: Service\nmetadata:\n  name: a\n  namespace: shop\nspec:\n  selector: {a: b}\n  ports:\n  - port: 80\n  - port: 81\n'
    expect((await validated(directoryWith({ 'a.yaml': service }), 'a.yaml', '--only', 'schema')).exit).toBe(1)
  })
})

describe('standard input', () => {
  test('is shown like a YAML file: the values of a Secret are hidden, others are not', async () => {
    const secret =
      'apiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: shop}\nstringData: {a: hunter2}\ndta: {}\n'
    const stdin = `${unknownField}---\n${secret}`
    const { stdout } = await runCli(directoryWith(), ['validate', '-', '--only', 'schema'], { stdin })
    expect(stdout).toContain('8 | dta: {}')
    expect(stdout).not.toContain('hunter2')
  })

  test.each([
    { stdin: good, code: 0 },
    { stdin: unknownField, code: 1 },
    { stdin: '', code: 2 },
    { stdin: Buffer.from([0, 255, 254, 1, 2]), code: 1 },
  ])('exit code $code', async ({ stdin, code }) => {
    expect((await runCli(directoryWith(), ['validate', '-', '--only', 'schema'], { stdin })).code).toBe(code)
  })
})

describe('a tree', () => {
  const tree = {
    'base/kustomization.yaml': 'resources:\n- a.yaml\n',
    'base/a.yaml': good,
    'overlays/staging/kustomization.yaml': 'resources:\n- ../../base\n',
    'overlays/production/kustomization.yaml': 'resources:\n- ../../base\npatches:\n- path: patch.yaml\n',
    'overlays/production/patch.yaml':
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  namespace: shop\ndata:\n  c: d\n',
    'chart/values.yaml': 'image: x\n',
    'loose/pod.yaml': unknownField,
  }

  test('overlays are built, loose manifests read, the rest named as not checked', async () => {
    const { exit, summary, diagnostics, notChecked } = await validated(directoryWith(tree), '.', '--only', 'schema')
    expect(exit).toBe(1)
    expect(summary).toMatchObject({ rendered: 3, validated: 3, errors: 1 })
    expect(diagnostics[0]?.at).toMatchObject({ file: 'loose/pod.yaml', line: 8 })
    expect(notChecked).toContain('files that hold no Kubernetes object: chart/values.yaml')
  })

  test('no kustomization goes unmentioned: of a ring one is built, and an unused component is named', async () => {
    const root = directoryWith({
      'one/kustomization.yaml': 'resources:\n- ../two\n',
      'two/kustomization.yaml': 'resources:\n- ../one\n',
      'spare/kustomization.yaml': 'kind: Component\nresources:\n- ../onlyhere\n',
      'onlyhere/kustomization.yaml': 'resources:\n- a.yaml\n',
      'onlyhere/a.yaml': unknownField,
    })
    const { exit, diagnostics, notChecked } = await validated(root, '.', '--only', 'schema')
    expect(exit).toBe(1)
    expect(diagnostics.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['kustomize/cycle', 'schema/unknown-field']),
    )
    expect(notChecked).toContain('components that nothing here uses: spare')
  })

  test('a directory that only configures transformers is no environment', async () => {
    const root = directoryWith({
      ...tree,
      'loose/pod.yaml': good,
      'overlays/staging/kustomization.yaml': 'resources:\n- ../../base\ntransformers:\n- ../../images\n',
      'images/kustomization.yaml': 'resources:\n- image.yaml\n',
      'images/image.yaml':
        'apiVersion: builtin\nkind: ImageTagTransformer\nmetadata:\n  name: image\nimageTag:\n  name: a\n  newTag: v1\n',
    })
    const { diagnostics } = await validated(root, '.', '--only', 'schema')
    expect(diagnostics).toEqual([])
  })

  test('of one kustomization that is named: what it does not list, and what stands below it', async () => {
    const root = directoryWith({
      'app/kustomization.yaml': 'resources:\n- a.yaml\n',
      'app/a.yaml': good,
      'app/forgotten.yaml': good.replace('name: a', 'name: b'),
      'app/kind.yaml': 'apiVersion: kind.x-k8s.io/v1alpha4\nkind: Cluster\n',
      'app/more/lost.yaml': good.replace('name: a', 'name: c'),
      'app/chart/Chart.yaml': 'name: chart\n',
      'app/chart/templates/a.yaml': good.replace('name: a', 'name: {{ .Values.name }}'),
      'app/dev/kustomization.yaml': 'resources:\n- ..\n',
      'app/dev/switched-off.yaml': good,
    })
    const { diagnostics, notChecked } = await validated(root, 'app', '--only', 'kustomize')
    expect(diagnostics.map(({ code, at }) => `${code} ${at.file}`)).toEqual([
      'kustomize/unreached-file app/forgotten.yaml',
      'kustomize/unreached-file app/more/lost.yaml',
    ])
    expect(notChecked).toContain('Helm charts, which only Helm can render: app/chart')
    expect(notChecked).toContain('kustomizations below a directory that does not build them: app/dev')
  })

  test('the top of a repository is all of it, a kustomization there or not', async () => {
    const root = directoryWith({
      ...tree,
      '.git/HEAD': 'ref: refs/heads/main\n',
      'kustomization.yaml': 'resources:\n- base\n',
    })
    const { diagnostics } = await validated(root, '.', '--only', 'schema')
    expect(diagnostics[0]?.at).toMatchObject({ file: 'loose/pod.yaml', line: 8 })
  })

  test('a patch of a build that fails is no manifest', async () => {
    const root = directoryWith({
      ...tree,
      'overlays/staging/kustomization.yaml': 'resources:\n- ../../base\npatches:\n- path: ../../patches/wrong.yaml\n',
      'patches/wrong.yaml': unknownField,
    })
    const { diagnostics } = await validated(root, 'overlays', 'base', 'patches', '--only', 'kustomize')
    expect(diagnostics.map(({ code }) => code)).toEqual(['kustomize/load-restriction'])
    const all = await validated(root, '.', '--only', 'schema')
    expect(all.diagnostics.map(({ at }) => at.file)).not.toContain('patches/wrong.yaml')
  })

  test('what a link to a directory hides is said', async () => {
    const root = directoryWith(tree)
    symlinkSync('../loose', join(root, 'base/linked'))
    const { notChecked } = await validated(root, '.', '--only', 'schema')
    expect(notChecked).toContain('what links to directories lead to: base/linked')
  })

  test('--env picks environments by the name of their directory', async () => {
    const root = directoryWith(tree)
    expect((await validated(root, 'overlays', '--env', 'staging', '--only', 'schema')).summary).toMatchObject({
      rendered: 1,
    })
  })

  test('an overlay that does not build is a finding even where --only asks for something else', async () => {
    const root = directoryWith({ ...tree, 'overlays/staging/kustomization.yaml': 'resources:\n- ../nowhere\n' })
    const { exit, diagnostics } = await validated(root, 'overlays', '--only', 'policy/no-latest-tag')
    expect(exit).toBe(1)
    expect(diagnostics.map(({ code }) => code.split('/')[0])).toEqual(['kustomize'])
  })

  test('what --only leaves out is said', async () => {
    const { stdout } = await runCli(directoryWith(tree), ['validate', 'overlays', '--only', 'policy'])
    expect(stdout).toContain('not checked: schemas (left out by --only)')
    expect(stdout).toContain('not checked: everything but policy (--only)')
  })
})

describe('several Kubernetes versions', () => {
  test('a kind that one of them lacks is refused', async () => {
    const old =
      'apiVersion: flowcontrol.apiserver.k8s.io/v1beta3\nkind: FlowSchema\nmetadata:\n  name: a\nspec:\n  priorityLevelConfiguration:\n    name: x\n'
    const root = directoryWith({ 'a.yaml': old })
    expect((await validated(root, 'a.yaml', '--kubernetes', '1.31', '--only', 'schema')).exit).toBe(0)
    expect((await validated(root, 'a.yaml', '--kubernetes', '1.31,1.32', '--only', 'schema')).exit).toBe(1)
  })
})

describe('this repository', () => {
  test('is clean in every environment', async () => {
    const { exit, summary } = await validated(projectRoot)
    expect({ exit, errors: summary['errors'], skipped: summary['skipped'] }).toEqual({ exit: 0, errors: 0, skipped: 0 })
    expect(summary['rendered']).toBeGreaterThan(30)
  })

  test('is clean where every pod is held to the restricted standard', async () => {
    expect((await validated(projectRoot, '--pod-security', 'restricted', '--only', 'pod-security')).exit).toBe(0)
  })

  test('a finding in a generated file names the declaration to change', async () => {
    const root = hustlexDirectory()
    writeAll(root, {
      'k8s/overlays/production/patches/replicas.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: hustlex-api\n  namespace: hustlex\nspec:\n  replica: 5\n',
    })
    const { stdout } = await runCli(root, ['validate', '--only', 'schema'])
    expect(stdout).toContain('schema/unknown-field')
    expect(stdout).toMatch(/declared at generator\/platform\/hustlex\.ts:\d+:\d+/)
  })
})

describe('the place of a finding is the file to change', () => {
  const files = {
    'base/kustomization.yaml': 'resources:\n- a.yaml\n',
    'base/a.yaml':
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: a\n  namespace: shop\nspec:\n  selector:\n    matchLabels: {a: b}\n  template:\n    metadata:\n      labels: {a: b}\n    spec:\n      containers:\n      - name: c\n        image: c:1\n',
    'overlay/kustomization.yaml': 'resources:\n- ../base\nlabels:\n- pairs: {x: z}\npatches:\n- path: patch.yaml\n',
    'overlay/patch.yaml':
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: a\n  namespace: shop\nspec:\n  replicas: 2\n',
  }

  test.each([
    {
      name: 'a value of the base',
      change: { 'base/a.yaml': files['base/a.yaml'].replace('image: c:1', 'image: 7') },
      at: { file: 'base/a.yaml', line: 15 },
    },
    {
      name: 'a value that a patch sets',
      change: { 'overlay/patch.yaml': files['overlay/patch.yaml'].replace('2', '"two"') },
      at: { file: 'overlay/patch.yaml', line: 7 },
    },
    {
      name: 'a field that a patch adds',
      change: { 'overlay/patch.yaml': `${files['overlay/patch.yaml']}  replica: 2\n` },
      at: { file: 'overlay/patch.yaml', line: 8 },
    },
    {
      name: 'something missing in a list entry',
      change: { 'base/a.yaml': files['base/a.yaml'].replace('      - name: c\n        image', '      - image') },
      at: { file: 'base/a.yaml', line: 14 },
    },
  ])('$name', async ({ change, at }) => {
    const { exit, diagnostics } = await validated(directoryWith({ ...files, ...change }), 'overlay', '--only', 'schema')
    expect({ exit, found: diagnostics.map(one => one.at.file + ':' + String(one.at.line)) }).toMatchObject({
      exit: 1,
      found: expect.arrayContaining([at.file + ':' + String(at.line)]) as unknown,
    })
  })
})

test('nothing to validate at all', async () => {
  expect(await runCli(directoryWith(), ['validate'])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('nothing to validate in k8s/ and argocd/') as string,
  })
})

test('--quiet prints nothing where nothing is wrong, and errors where something is', async () => {
  expect(await runCli(directoryWith({ 'a.yaml': good }), ['validate', 'a.yaml', '--quiet'])).toEqual({
    code: 0,
    stdout: '',
    stderr: '',
  })
  const { stdout } = await runCli(directoryWith({ 'a.yaml': unknownField }), ['validate', 'a.yaml', '-q'])
  expect(stdout).toContain('schema/unknown-field')
})

const virtualService = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: web
  namespace: shop
spec:
  hosts: [web]
`

test('what bundled schemas lack is said once, and is no finding', async () => {
  const files = { 'a.yaml': virtualService, 'b.yaml': virtualService.replace('name: web', 'name: api') }
  const sentence = 'rules (CEL, fields that exclude each other) that the bundled schemas of VirtualService lack'
  const { code, stdout } = await runCli(directoryWith(files), ['validate', 'a.yaml', 'b.yaml', '--only', 'schema'])
  expect(code).toBe(0)
  expect(stdout.split(sentence)).toHaveLength(2)
  const json = await runCli(directoryWith(files), ['validate', 'a.yaml', '--only', 'schema', '--format', 'json'])
  expect(JSON.parse(json.stdout)).toMatchObject({
    diagnostics: [],
    notChecked: [expect.stringContaining(sentence), expect.stringContaining('--only')],
  })
})

test('a definition in the tree, or one that was added, lacks nothing', async () => {
  const definition = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: virtualservices.networking.istio.io
spec:
  group: networking.istio.io
  scope: Namespaced
  names: { plural: virtualservices, singular: virtualservice, kind: VirtualService, listKind: VirtualServiceList }
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema: { type: object, x-kubernetes-preserve-unknown-fields: true }
`
  const root = directoryWith({ 'a.yaml': virtualService, 'crd.yaml': definition, '.git/HEAD': '' })
  const inTree = await runCli(root, ['validate', 'a.yaml', 'crd.yaml', '--only', 'schema'])
  expect(inTree.stdout).not.toContain('bundled schemas')
  expect(await runCli(root, ['schemas', 'add', 'crd.yaml'])).toMatchObject({ code: 0 })
  const added = await runCli(root, ['validate', 'a.yaml', '--only', 'schema'])
  expect(added.stdout).not.toContain('bundled schemas')
})

test('--quiet says on standard error how much was not checked', async () => {
  const root = directoryWith({ 'a.yaml': virtualService })
  expect(await runCli(root, ['validate', 'a.yaml', '--quiet', '--only', 'schema'])).toEqual({
    code: 0,
    stdout: '',
    stderr: 'not checked: 2 things, listed without --quiet\n',
  })
})

test('the same report twice is the same bytes', async () => {
  const root = hustlexDirectory()
  const once = await runCli(root, ['validate', '--format', 'sarif'])
  expect(await runCli(root, ['validate', '--format', 'sarif'])).toEqual(once)
  expect(once.stdout).not.toContain(root)
})
