// `npm run bench`: what the tool costs, beside the real binaries where they are installed, in one run. Machines are noisy: trust the
// ratios. `npm run bench -- 1000` takes a fleet of a thousand apps.

import { buildSync } from 'esbuild'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { homedir, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createBuilder, renderBuild } from '../generator/build/build-kustomization.ts'
import type { Resource } from '../generator/manifest/resource.ts'
import { timeApiRules } from './bench/api-rules.ts'
import { formatCelFigures } from './bench/cel.ts'
import { fleet, writeFleet, type Fleet } from './bench/fleet.ts'
import { timeRules, totalMilliseconds } from './bench/policy.ts'
import { timeReferences } from './bench/references.ts'
import { writeJsonSchemas } from './bench/kubeconform.ts'
import { committed, measureSchemas } from './bench/schema.ts'
import { benchYaml, formatYamlFigures } from './bench/yaml.ts'

const size = Number(process.argv[2] ?? 100)
const runs = 11
const scratch = mkdtempSync(join(tmpdir(), 'gitops-bench-'))

try {
  const apps = fleet(size)
  writeFleet(apps, scratch)
  section(`one overlay, whole process (median of ${runs})`, oneOverlay(apps))
  const built = buildAll(apps)
  section(`all ${apps.overlays.length} overlays of ${size} apps`, allOverlays(apps, built))
  section('validation of what they render', validation(built))
  section(`one environment of ${size} apps, processor time of a first run`, oneEnvironment())
  section('YAML', [formatYamlFigures(benchYaml(apps.tree.values()))])
  section('CEL', formatCelFigures())
} finally {
  rmSync(scratch, { recursive: true, force: true })
}

/** Interleaved, so that whatever else the machine does hits all alike. */
function oneOverlay({ overlays }: Fleet): readonly string[] {
  const overlay = join(scratch, overlays[0] ?? '')
  const ours = (command: string): Program => ({
    name: `gitops ${command}`,
    file: process.execPath,
    command: ['bin/gitops.cjs', command, overlay],
  })
  const node = { name: 'node -e 0', file: process.execPath, command: ['-e', '0'] }
  const real = realBinaries().map(({ command, ...rest }) => ({ ...rest, command: [...command, overlay] }))
  const programs: readonly Program[] = [node, ours('build'), ours('validate'), ...real]
  const rounds = Array.from({ length: runs }, () => programs.map(({ file, command }) => run(file, command)))
  const times = programs.map((_, at) => rounds.map(round => round[at] ?? 0))
  const [bare = 0, build = 0, validate = 0, ...others] = times.map(middle)
  const beyondNode = (time: number): string => `${milliseconds(time - bare)} more than node alone`
  const notes = [
    certificates(),
    beyondNode(build),
    beyondNode(validate),
    ...others.map(time => `build is ${ratio(build, time)} of it`),
  ]
  return programs.map(({ name }, at) => {
    const all = times[at] ?? []
    return `${name.padEnd(19)}${milliseconds(middle(all))} (best ${milliseconds(Math.min(...all))})   ${notes[at]}`
  })
}

function certificates(): string {
  return process.env['NODE_EXTRA_CA_CERTS'] === undefined
    ? 'NODE_EXTRA_CA_CERTS is not set'
    : 'NODE_EXTRA_CA_CERTS is set: Node 20 reads those certificates at each start'
}

interface Built {
  readonly resources: readonly Resource[]
  readonly text: string
  readonly elapsed: number
  readonly peakMegabytes: number
}

function buildAll({ tree, overlays }: Fleet): Built {
  const start = performance.now()
  const builder = createBuilder(tree)
  const resources: Resource[] = []
  const texts: string[] = []
  for (const overlay of overlays) {
    const { value, diagnostics } = builder.build(overlay)
    if (diagnostics.some(({ severity }) => severity === 'error')) throw new Error(`${overlay} does not build`)
    resources.push(...value)
    texts.push(renderBuild(value))
  }
  const elapsed = performance.now() - start
  return { resources, text: texts.join('---\n'), elapsed, peakMegabytes: process.resourceUsage().maxRSS / 1024 }
}

function allOverlays({ overlays }: Fleet, { elapsed, resources, peakMegabytes }: Built): readonly string[] {
  const lines = [
    `in one process     ${milliseconds(elapsed)}, ${resources.length} objects, peak ${peakMegabytes.toFixed(0)} MB (this whole bench)`,
  ]
  const sample = overlays.slice(0, 50)
  for (const { name, file, command } of realBinaries()) {
    const real = sum(sample.map(overlay => run(file, [...command, join(scratch, overlay)])))
    const whole = (real / sample.length) * overlays.length
    lines.push(
      `${name} loop   ${milliseconds(whole)} (from ${sample.length}): ours is ${(whole / elapsed).toFixed(0)} × faster`,
    )
  }
  return lines
}

function validation(built: Built): readonly string[] {
  const { resources } = built
  const schema = measureSchemas('1.34', size)
  const api = timeApiRules(resources)
  const rules = totalMilliseconds(timeRules(resources))
  const references = timeReferences(resources)
  return [
    `schema             ${schema.documentsPerSecond.toFixed(0)} documents/s, first one after ${milliseconds(schema.load)}`,
    `API-server rules   ${milliseconds(api.milliseconds)} for ${api.objects} objects`,
    `policy rules       ${milliseconds(rules)}`,
    `graph              ${milliseconds(references.edges)}`,
    `references         ${milliseconds(references.references)}`,
    `pod security       ${milliseconds(references.podSecurity)}`,
    ...againstKubeconform(built),
  ]
}

/** Both read the rendered text from one file and hold it to the same schemas; kubeconform with two workers, its schemas from disk. */
function againstKubeconform({ resources, text }: Built): readonly string[] {
  const file = join(scratch, 'rendered.yaml')
  writeFileSync(file, text)
  const validate = ['bin/gitops.cjs', 'validate', '--only', 'schema', file]
  const binary = find('kubeconform')
  if (binary === undefined) {
    const ours = run(process.execPath, validate)
    return [
      `gitops validate --only schema, whole process   ${milliseconds(ours)}`,
      'kubeconform is not installed: not compared',
    ]
  }
  const location = writeJsonSchemas(join(scratch, 'json-schemas'), resources, { catalog: committed(), version: '1.34' })
  const parameters = ['-n', '2', '-summary', '-output', 'json', '-schema-location', location, file]
  const { stdout } = spawnSync(binary, parameters, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  const { summary } = JSON.parse(stdout) as {
    summary: Readonly<Record<'valid' | 'invalid' | 'errors' | 'skipped', number>>
  }
  if (summary.valid !== resources.length)
    throw new Error(`kubeconform did not check everything: ${JSON.stringify(summary)}`)
  const pairs = Array.from({ length: 5 }, () => [run(process.execPath, validate), run(binary, parameters)] as const)
  const ours = middle(pairs.map(([time]) => time))
  const real = middle(pairs.map(([, time]) => time))
  return [
    `${resources.length} documents, ${(text.length / 1024 / 1024).toFixed(1)} MB, parsing included (median of ${pairs.length}):`,
    `gitops validate --only schema, whole process   ${milliseconds(ours)} (with the API server's own rules)`,
    `kubeconform -n 2                               ${milliseconds(real)}   ours is ${(real / ours).toFixed(1)} × as fast`,
  ]
}

/**
 * In processes of its own: what has run here before would have compiled half of it, and left a heap to collect. As the program runs:
 * from a bundle, with its option of V8. The middle one of five is shown.
 */
function oneEnvironment(): readonly string[] {
  const file = join(scratch, 'throughput.cjs')
  buildSync({
    entryPoints: ['scripts/bench/throughput.ts'],
    outfile: file,
    bundle: true,
    platform: 'node',
    define: { 'import.meta.dirname': JSON.stringify(resolve('scripts/bench')), 'import.meta.url': '""' },
  })
  const { ownFlag } = createRequire(import.meta.url)('../bin/gitops.cjs') as {
    readonly ownFlag: () => string | undefined
  }
  const flag = ownFlag()
  const flags = flag === undefined ? [] : [flag]
  const outputs = Array.from({ length: 5 }, () => {
    const { stdout } = spawnSync(process.execPath, [...flags, file, String(size)], { encoding: 'utf8' })
    return { lines: stdout.trimEnd().split('\n'), ratio: Number(/([\d.]+) × schema/.exec(stdout)?.[1]) }
  })
  const [, , shown] = outputs.sort((one, other) => one.ratio - other.ratio)
  const ratios = outputs.map(({ ratio }) => ratio.toFixed(2)).join(', ')
  return [...(shown?.lines ?? []), `the five ratios    ${ratios}`]
}

interface Program {
  readonly name: string
  readonly file: string
  readonly command: readonly string[]
}

function realBinaries(): readonly Program[] {
  return [
    { name: 'kustomize build', file: find('kustomize'), command: ['build'] },
    { name: 'kubectl kustomize', file: find('kubectl'), command: ['kustomize'] },
  ].flatMap(({ name, file, command }) => (file === undefined ? [] : [{ name, file, command }]))
}

function find(program: string): string | undefined {
  const places = [...(process.env['PATH'] ?? '').split(':'), join(homedir(), 'go', 'bin')]
  return places.map(place => join(place, program)).find(existsSync)
}

function run(file: string, parameters: readonly string[]): number {
  const start = performance.now()
  const { error } = spawnSync(file, parameters, { stdio: 'ignore' })
  if (error !== undefined) throw error
  return performance.now() - start
}

function middle(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

function milliseconds(value: number): string {
  return `${value.toFixed(0)} ms`
}

function ratio(ours: number, theirs: number): string {
  return `${(ours / theirs).toFixed(2)} ×`
}

function section(title: string, lines: readonly string[]): void {
  process.stdout.write(`${title}\n${lines.map(line => `  ${line}\n`).join('')}\n`)
}
