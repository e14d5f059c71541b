// How fast YAML is read and printed, against the `yaml` package and JSON on the same data. Medians of CPU-bound passes in one process:
// trust the ratios, not the numbers.

import { parseAllDocuments, stringify } from 'yaml'
import { parseWithPositions, parseYaml } from '../../generator/manifest/parse-yaml.ts'
import { printDocuments } from '../../generator/manifest/print-yaml.ts'
import type { YamlValue } from '../../generator/manifest/value.ts'

export interface YamlFigures {
  /** Size of the printed documents, and their number. */
  readonly megabytes: number
  readonly documents: number
  /** MB/s, always of the YAML text's size. */
  readonly read: number
  readonly readWithPositions: number
  readonly readByYamlPackage: number
  readonly readJson: number
  readonly print: number
  readonly printByYamlPackage: number
}

/** Measures reading and printing of these files' documents. */
export function benchYaml(files: Iterable<string>): YamlFigures {
  const values = Array.from(files).flatMap(text => parseYaml(text, 'bench.yaml').value.map(({ value }) => value))
  const text = printDocuments(values)
  const json = JSON.stringify(values, (_, value: unknown) => (typeof value === 'bigint' ? Number(value) : value))
  const megabytes = text.length / 1e6
  const speed = (passes: number, work: () => unknown): number => megabytes / median(passes, work)
  return {
    megabytes,
    documents: values.length,
    read: speed(11, () => parseYaml(text, 'bench.yaml')),
    readWithPositions: speed(5, () => parseWithPositions(text, 'bench.yaml')),
    readByYamlPackage: speed(1, () => parseAllDocuments(text).map(document => document.toJS() as YamlValue)),
    readJson: speed(11, () => JSON.parse(json) as unknown),
    print: speed(11, () => printDocuments(values).charCodeAt(0)),
    printByYamlPackage: speed(1, () => values.map(value => stringify(value)).join('---\n')),
  }
}

/** Lines for `npm run bench`. */
export function formatYamlFigures(figures: YamlFigures): string {
  const { megabytes, documents, read, readByYamlPackage, print, printByYamlPackage, readJson, readWithPositions } =
    figures
  const rows: readonly (readonly [name: string, speed: number, ratio: string])[] = [
    [
      'read',
      read,
      `${(read / readByYamlPackage).toFixed(0)} × the yaml package, ${(read / readJson).toFixed(2)} × JSON.parse`,
    ],
    ['read with positions', readWithPositions, `${(read / readWithPositions).toFixed(1)} times the work of reading`],
    ['print', print, `${(print / printByYamlPackage).toFixed(0)} × the yaml package`],
  ]
  const lines = rows.map(
    ([name, speed, ratio]) => `  ${name.padEnd(20)} ${speed.toFixed(0).padStart(4)} MB/s   ${ratio}`,
  )
  return [`YAML, ${documents} documents, ${megabytes.toFixed(1)} MB`, ...lines].join('\n')
}

function median(passes: number, work: () => unknown): number {
  const seconds = Array.from({ length: passes }, () => {
    const start = performance.now()
    work()
    return (performance.now() - start) / 1000
  }).toSorted((a, b) => a - b)
  return seconds[Math.floor(passes / 2)] ?? 0
}
