// Value files of Helm sources: charts are not rendered here, but a file that is not there fails every one of them
// (docs/user-guide/helm.md, docs/user-guide/multiple_sources.md; reposerver/repository/repository.go).

import type { Diagnostic } from '../../../diagnostics/diagnostic.ts'
import { hint } from '../../../diagnostics/suggest.ts'
import { asList, asMap, asString } from '../../../manifest/value.ts'
import { join, normalize } from '../../../argocd/simulate/kustomization-inputs.ts'
import type { SourceView } from '../../../argocd/simulate/read-argocd.ts'
import { report, type Check, type DeployedApplication, type Repository } from './repository.ts'
import { isHere } from './resolve-sources.ts'

export const checkValueFiles: Check = function* (repository) {
  for (const deployed of repository.applications) {
    for (const { source } of deployed.sources) yield* valueFilesOf(source, deployed, repository)
  }
}

interface WrittenFile {
  readonly file: string
  readonly at: string
}

function* valueFilesOf(
  source: SourceView,
  { application, sources }: DeployedApplication,
  repository: Repository,
): Iterable<Diagnostic> {
  const helm = asMap(source.object['helm'])
  const missingIsFine = helm['ignoreMissingValueFiles'] === true
  for (const { file, at } of filesOf(source)) {
    const wrong = mistakeIn(
      file,
      source,
      sources.map(each => each.source),
      repository,
    )
    if (wrong === undefined || (wrong.missing && missingIsFine && at.startsWith('valueFiles/'))) continue
    yield report({
      code: 'argocd/value-file',
      severity: 'error',
      at: { resource: application, pointer: `${source.pointer}/helm/${at}` },
      message: wrong.message,
      help: wrong.missing
        ? 'Correct the path, or commit the file.'
        : 'Correct the name after "$", or name the source with ref.',
    })
  }
}

function filesOf({ object }: SourceView): readonly WrittenFile[] {
  const helm = asMap(object['helm'])
  const values = asList(helm['valueFiles']).map((file, index) => ({ file, at: `valueFiles/${index}` }))
  const parameters = asList(helm['fileParameters']).map((parameter, index) => ({
    file: asMap(parameter)['path'],
    at: `fileParameters/${index}/path`,
  }))
  return [...values, ...parameters].flatMap(({ file, at }) => {
    const text = asString(file)
    return text === undefined ? [] : [{ file: text, at }]
  })
}

/** Parameters of a template, build variables, patterns and URLs are left to Argo CD. */
function isOpen(file: string): boolean {
  return /[{}*?[\]]|^[a-z][a-z0-9+.-]*:\/\/|\$ARGOCD_/i.test(file)
}

function mistakeIn(
  file: string,
  source: SourceView,
  all: readonly SourceView[],
  { input }: Repository,
): { readonly message: string; readonly missing: boolean } | undefined {
  if (file === '' || isOpen(file)) return undefined
  const [, name, inside = ''] = /^\$([^/]+)\/?(.*)$/.exec(file) ?? []
  if (name !== undefined) {
    if (all.length < 2) return undefined
    const refs = all.flatMap(({ ref }) => ref ?? [])
    const lender = all.find(({ ref }) => ref === name)
    if (lender === undefined)
      return {
        missing: false,
        message: `no source of the Application has the ref "${name}" that "${file}" is read from${hint(name, refs)}`,
      }
    return absent(file, normalize(inside), lender, input)
  }
  if (source.chart !== undefined || source.path === undefined) return undefined
  return absent(file, normalize(file.startsWith('/') ? file : join(source.path, file)), source, input)
}

function absent(
  file: string,
  path: string | undefined,
  source: SourceView,
  input: Repository['input'],
): { readonly message: string; readonly missing: boolean } | undefined {
  if (isHere(source, input) !== 'here' || (path !== undefined && input.tree.has(path))) return undefined
  return {
    missing: true,
    message: `value file "${file}" is not in this repository, so Argo CD cannot render the chart`,
  }
}
