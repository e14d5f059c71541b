// One report in every format: shapes that machines read, text that people read, and nothing secret in any of them.

import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { describe, expect, test } from 'vitest'
import type { Diagnostic } from '../../generator/diagnostics/diagnostic.ts'
import { formatGithub } from '../../generator/report/format-github.ts'
import { formatJson } from '../../generator/report/format-json.ts'
import { formatJunit } from '../../generator/report/format-junit.ts'
import { formatMarkdown } from '../../generator/report/format-markdown.ts'
import { formatSarif } from '../../generator/report/format-sarif.ts'
import { formatText } from '../../generator/report/format-text.ts'
import { locateDiagnostics } from '../../generator/report/locate-diagnostics.ts'
import { makeReport } from '../../generator/report/report.ts'

const files: Readonly<Record<string, string>> = {
  'k8s/base/deployment.yaml':
    'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: api\nspec:\n  replica: 3 # a comment\n',
  'k8s/base/kustomization.yaml': 'resources:\n- deployment.yaml\n',
  'k8s/base/secret.yaml':
    'apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\nstringData:\n  password: hunter2\n  block: |\n    topsecret\n',
  'k8s/base/list.json': '{ "kind": "Secret",\n  "stringData": {\n    "password": "hunter2" } }\n',
  'k8s/base/patch.yaml': '- op: replace\n  path: /stringData/password\n  value: hunter2\n',
  'k8s/base/generator/kustomization.yaml': 'secretGenerator:\n- name: s\n  literals:\n  - password=hunter2\n',
  'k8s/base/secrets.env': 'password=hunter2\n',
  'generator/platform/hustlex.ts': "line one\nconst api = service('api', {})\n",
}

const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'hustlex', name: 'api' }
const secret = { apiVersion: 'v1', kind: 'Secret', name: 's' }

function finding(more: Partial<Diagnostic> = {}): Diagnostic {
  return {
    code: 'schema/unknown-field',
    severity: 'error',
    message: 'unknown field "replica", did you mean "replicas"?',
    at: { file: 'k8s/base/deployment.yaml', document: 1, pointer: '/spec/replica', on: 'key' },
    resource: deployment,
    help: 'Write "replicas".',
    ...more,
  }
}

const located = (...diagnostics: readonly Diagnostic[]) => locateDiagnostics(diagnostics, { read: file => files[file] })

const report = makeReport(
  located(
    finding({
      environment: 'staging',
      origin: { file: 'generator/platform/hustlex.ts', document: 1, pointer: '', line: 2, column: 13 },
      related: [
        { at: { file: 'k8s/base/kustomization.yaml', document: 1, pointer: '/resources/0' }, note: 'loaded here' },
      ],
    }),
    finding({
      environment: 'production',
      origin: { file: 'generator/platform/hustlex.ts', document: 1, pointer: '', line: 2, column: 13 },
      related: [
        { at: { file: 'k8s/base/kustomization.yaml', document: 1, pointer: '/resources/0' }, note: 'loaded here' },
      ],
    }),
    finding({
      code: 'policy/no-latest-tag',
      severity: 'warning',
      message: 'tag <"latest"> | *moves* & 100%\n@all',
      help: 'Name one, please: a,b',
    }),
    finding({ code: 'policy/odd', severity: 'info', at: { file: 'k8s/base', document: 3, pointer: '/spec' } }),
  ),
  { rendered: 3, validated: 2, skipped: 1 },
  [
    {
      resource: { apiVersion: 'example.com/v1', kind: 'Widget', name: 'w' },
      reason: 'no schema for example.com/v1 Widget',
    },
  ],
  ['the rules of admission policies'],
)

describe('located', () => {
  test('findings of several environments are one, in the order file, line, column, code', () => {
    expect(
      report.diagnostics.map(({ at, code, environments }) => [at.file, at.line, at.column, code, environments]),
    ).toEqual([
      ['k8s/base/deployment.yaml', 6, 3, 'policy/no-latest-tag', []],
      ['k8s/base/deployment.yaml', 6, 3, 'schema/unknown-field', ['production', 'staging']],
      ['k8s/base/kustomization.yaml', 1, 1, 'policy/odd', []],
    ])
  })

  test('the order of finding makes no difference', () => {
    const some = [
      finding(),
      finding({ message: 'other' }),
      finding({ environment: 'a' }),
      finding({ severity: 'info' }),
    ]
    expect(located(...some.toReversed())).toEqual(located(...some))
  })

  test('a severity that differs between environments is not merged away', () => {
    expect(located(finding({ environment: 'a' }), finding({ environment: 'b', severity: 'warning' }))).toHaveLength(2)
  })

  test('a rendered place becomes the file the builder names', () => {
    const [found] = locateDiagnostics([finding({ at: { file: 'k8s/base', document: 1, pointer: '/spec/replica' } })], {
      read: file => files[file],
      originOf: () => ({ file: 'k8s/base/deployment.yaml', document: 1, pointer: '/spec/replica' }),
    })
    expect(found?.at).toMatchObject({ file: 'k8s/base/deployment.yaml', line: 6 })
  })
})

describe('text', () => {
  test('names place, frame, declaration, relation and fix', () => {
    expect(formatText(report, { colour: false })).toContain(
      [
        'error unknown field "replica", did you mean "replicas"? [schema/unknown-field]',
        '  k8s/base/deployment.yaml:6:3 (Deployment hustlex/api; production, staging)',
        '  4 |   name: api',
        '  5 | spec:',
        '  6 |   replica: 3 # a comment',
        '    |   ^^^^^^^',
        '  declared at generator/platform/hustlex.ts:2:13',
        '  loaded here: k8s/base/kustomization.yaml:2:3',
        '  help: Write "replicas".',
      ].join('\n'),
    )
  })

  test('ends with what was not checked, and the counts', () => {
    expect(formatText(report, { colour: false })).toMatch(
      /not validated: Widget w: no schema for example\.com\/v1 Widget\nnot checked: the rules of admission policies\n1 error, 1 warning, 1 info in 3 objects; 2 validated against a schema, 1 skipped\n$/,
    )
  })

  test('is empty where quiet and without errors', () => {
    expect(formatText(makeReport([], { rendered: 1, validated: 1, skipped: 0 }), { colour: false, quiet: true })).toBe(
      '',
    )
  })

  test('is coloured only on demand', () => {
    expect([
      formatText(report, { colour: true }).includes('\u001b['),
      formatText(report, { colour: false }).includes('\u001b['),
    ]).toEqual([true, false])
  })
})

test('a frame of what holds no Secret is shown as it is', () => {
  const text =
    'resources:\n- ../base\npatches:\n- patch: |-\n    - op: add\n      path: /metadata/labels\n      value: {a: b}\n'
  const [found] = locateDiagnostics(
    [finding({ at: { file: 'k/kustomization.yaml', document: 1, pointer: '/patches/0' } })],
    { read: () => text },
  )
  expect(found?.frame?.lines).toEqual(['- ../base', 'patches:', '- patch: |-'])
})

test('a frame among very long lines is cut in one pass', () => {
  const text = `a: 1\nb:\n${' '.repeat(100_000)}c: 1\n`
  const at = { file: 'k/kustomization.yaml', document: 1, pointer: '/a' }
  expect(locateDiagnostics([finding({ at })], { read: () => text })[0]?.frame?.lines).toEqual(['a: 1'])
})

describe('JSON', () => {
  const schema = JSON.parse(readFileSync('schemas/report.schema.json', 'utf8')) as object
  const validate = new Ajv({ strict: true, strictTypes: false }).compile(schema)

  test('fits its published schema', () => {
    expect(validate(JSON.parse(formatJson(report))), JSON.stringify(validate.errors)).toBe(true)
    expect(validate(JSON.parse(formatJson(makeReport([], { rendered: 0, validated: 0, skipped: 0 }))))).toBe(true)
  })

  test('has the shape that is promised', () => {
    const { version, summary, diagnostics } = JSON.parse(formatJson(report)) as {
      version: number
      summary: object
      diagnostics: readonly object[]
    }
    expect({ version, summary }).toEqual({
      version: 1,
      summary: { rendered: 3, validated: 2, skipped: 1, errors: 1, warnings: 1, infos: 1 },
    })
    expect(diagnostics[1]).toEqual({
      code: 'schema/unknown-field',
      severity: 'error',
      message: 'unknown field "replica", did you mean "replicas"?',
      help: 'Write "replicas".',
      environment: 'production',
      environments: ['production', 'staging'],
      resource: deployment,
      at: { file: 'k8s/base/deployment.yaml', line: 6, column: 3, document: 1, pointer: '/spec/replica' },
      origin: { file: 'generator/platform/hustlex.ts', line: 2, column: 13 },
      related: [
        {
          at: { file: 'k8s/base/kustomization.yaml', line: 2, column: 3, document: 1, pointer: '/resources/0' },
          note: 'loaded here',
        },
      ],
    })
  })
})

describe('SARIF', () => {
  const pages = new Map([
    ['schema/unknown-field', '# schema/unknown-field\n\n## What\n\nA field that\nis not there.\n'],
  ])
  const sarif = JSON.parse(formatSarif(report, { toolVersion: '0.1.0', pages })) as {
    version: string
    runs: readonly {
      tool: { driver: { rules: readonly { id: string; shortDescription: { text: string } }[] } }
      results: readonly {
        ruleId: string
        ruleIndex: number
        level: string
        locations: readonly {
          physicalLocation: { artifactLocation: { uri: string }; region: { startLine: number; startColumn: number } }
        }[]
        partialFingerprints: Readonly<Record<string, string>>
      }[]
    }[]
  }
  const [run] = sarif.runs

  test('is 2.1.0, each result with its rule, a relative URI and a fingerprint of its own', () => {
    expect(sarif.version).toBe('2.1.0')
    for (const { ruleId, ruleIndex, locations } of run?.results ?? []) {
      expect(run?.tool.driver.rules[ruleIndex]?.id).toBe(ruleId)
      expect(locations[0]?.physicalLocation.artifactLocation.uri).toMatch(/^[a-z0-9]/)
      expect(locations[0]?.physicalLocation.region.startLine).toBeGreaterThan(0)
    }
    const prints = run?.results.map(({ partialFingerprints }) => partialFingerprints['gitops/v1']) ?? []
    expect(new Set(prints).size).toBe(3)
    expect(run?.results.map(({ level }) => level)).toEqual(['warning', 'error', 'note'])
  })

  test('takes the summary of a rule from its page', () => {
    expect(run?.tool.driver.rules.map(({ shortDescription }) => shortDescription.text)).toContain(
      'A field that is not there.',
    )
  })

  test('fingerprints survive moved lines', () => {
    const moved = {
      ...files,
      'k8s/base/deployment.yaml': `# one more line\n${files['k8s/base/deployment.yaml'] ?? ''}`,
    }
    const print = (texts: Readonly<Record<string, string>>): unknown => {
      const found = makeReport(locateDiagnostics([finding()], { read: file => texts[file] }), {
        rendered: 1,
        validated: 1,
        skipped: 0,
      })
      return (JSON.parse(formatSarif(found, { toolVersion: '1', pages })) as typeof sarif).runs[0]?.results[0]
        ?.partialFingerprints
    }
    expect(print(moved)).toEqual(print(files))
  })

  test('file names are encoded', () => {
    const odd = makeReport(located(finding({ at: { file: 'k8s/a b#c.yaml', document: 1, pointer: '' } })), {
      rendered: 1,
      validated: 1,
      skipped: 0,
    })
    expect(formatSarif(odd, { toolVersion: '1', pages })).toContain('"uri": "k8s/a%20b%23c.yaml"')
  })
})

test('JUnit counts failures and escapes what XML reserves', () => {
  const xml = formatJunit(report)
  expect(xml).toMatch(
    /^<\?xml version="1.0" encoding="UTF-8"\?>\n<testsuites name="gitops" tests="5" failures="1" errors="0" skipped="2">/,
  )
  expect(xml).toContain('tag &lt;&quot;latest&quot;&gt; | *moves* &amp; 100%')
  expect(xml.match(/<testcase/g)).toHaveLength(5)
  expect(formatJunit(makeReport([], { rendered: 2, validated: 2, skipped: 0 }))).toContain('2 objects validated')
})

test('GitHub annotations escape what ends them', () => {
  const lines = formatGithub(report).split('\n')
  expect(lines[0]).toBe(
    '::warning file=k8s/base/deployment.yaml,line=6,col=3,title=policy/no-latest-tag::tag <"latest"> | *moves* & 100%25%0A@all (Deployment hustlex/api)%0AName one, please: a,b',
  )
  expect(lines.filter(line => line.startsWith('::'))).toHaveLength(5)
})

test('Markdown lets no manifest write markup, cells or mentions', () => {
  const row =
    formatMarkdown(report)
      .split('\n')
      .find(line => line.includes('no-latest-tag')) ?? ''
  expect(row).toContain('tag &lt;"latest"&gt; \\| \\*moves\\* & 100% @\u200ball')
  expect(row.replaceAll('\\|', '').split('|')).toHaveLength(6)
})

describe('a Secret shows no value in any format', () => {
  test.each([
    {
      name: 'its own file',
      at: { file: 'k8s/base/secret.yaml', document: 1, pointer: '/stringData/password' },
      resource: secret,
    },
    {
      name: 'a block',
      at: { file: 'k8s/base/secret.yaml', document: 1, pointer: '/stringData/block' },
      resource: secret,
    },
    {
      name: 'a file without the object being known',
      at: { file: 'k8s/base/secret.yaml', document: 1, pointer: '/stringData/password' },
    },
    {
      name: 'JSON',
      at: { file: 'k8s/base/list.json', document: 1, pointer: '/stringData/password' },
      resource: secret,
    },
    { name: 'a JSON patch', at: { file: 'k8s/base/patch.yaml', document: 1, pointer: '/0/value' } },
    {
      name: 'a secretGenerator',
      at: { file: 'k8s/base/generator/kustomization.yaml', document: 1, pointer: '/secretGenerator/0/literals/0' },
    },
    { name: 'an env file', at: { file: 'k8s/base/secrets.env', document: 1, pointer: '', line: 1, column: 1 } },
  ])('$name', ({ at, resource }) => {
    const message =
      resource === undefined ? 'something' : 'value "hunter2" of "password" is no base64, nor is "topsecret"'
    const { resource: _other, ...rest } = finding({ at, message })
    const found = makeReport(located({ ...rest, ...(resource === undefined ? {} : { resource }) }), {
      rendered: 1,
      validated: 1,
      skipped: 0,
    })
    const everything = [
      formatText(found, { colour: false }),
      formatJson(found),
      formatSarif(found, { toolVersion: '1', pages: new Map() }),
      formatJunit(found),
      formatGithub(found),
      formatMarkdown(found),
      JSON.stringify(found),
    ].join('\n')
    expect(everything).not.toMatch(/hunter2|topsecret/)
  })
})
