// The layer order of generator/, from ARCHITECTURE.md, as rules.
// Each line may import the lines above it; folders sharing a line may not import each other.
const layers = [
  ['diagnostics'],
  ['manifest'],
  ['merge'],
  ['model'],
  ['platform', 'resources'],
  ['kustomize', 'build'],
  ['graph'],
  ['argocd'],
  ['validate', 'change', 'generate'],
  ['report', 'io'],
  ['cli'],
]

const under = folders => `^generator/(${folders.join('|')})/`

const outOfOrder = layers.slice(0, -1).map((layer, i) => ({
  name: `${layer.join('-')}-keeps-the-layer-order`,
  comment: 'Imports point up the layer list of ARCHITECTURE.md. Move the shared piece up, or the caller down.',
  severity: 'error',
  from: { path: under(layer) },
  to: { path: under(layers.slice(i + 1).flat()) },
}))

const siblingsApart = layers
  .filter(layer => layer.length > 1)
  .flatMap(layer =>
    layer.map(folder => ({
      name: `${folder}-stays-apart-from-its-siblings`,
      comment: 'Folders on one line of the layer list do not know each other; only cli joins them.',
      severity: 'error',
      from: { path: under([folder]) },
      to: { path: under(layer.filter(other => other !== folder)) },
    })),
  )

export default {
  forbidden: [
    ...outOfOrder,
    ...siblingsApart,
    {
      name: 'rules-are-islands',
      comment:
        'A policy rule never imports another rule: share through manifest/, graph/ or the rule family’s support folder.',
      severity: 'error',
      from: { path: '^generator/validate/policy/rules/' },
      to: { path: '^generator/validate/policy/rules/' },
    },
    {
      name: 'only-io-touches-the-world',
      comment: 'Disk, processes, environment and clock live in io/ and cli/; everything else works on a FileTree.',
      severity: 'error',
      from: { path: '^generator/', pathNot: '^generator/(io|cli)/' },
      to: {
        path: [
          '^(node:)?(fs|child_process|os|process|worker_threads|net|http|https)(/|$)',
          'node_modules/(fast-glob|zx|esbuild)/',
        ],
      },
    },
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^test/fixtures' },
  },
}
