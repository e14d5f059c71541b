// SARIF 2.1.0, as GitHub code scanning takes it: relative URIs, metadata of every rule met, fingerprints that survive moved lines.
// https://docs.oasis-open.org/sarif/sarif/v2.1.0/ and
// https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning

import type { Severity } from '../diagnostics/diagnostic.ts'
import { describeResource } from '../manifest/resource.ts'
import { sha256 } from '../manifest/sha256.ts'
import type { LocatedDiagnostic, LocatedPlace, Report } from './report.ts'

export interface SarifOptions {
  readonly toolVersion: string
  /** Pages of rules (Markdown), by code. */
  readonly pages: ReadonlyMap<string, string>
}

const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' }

export function formatSarif(report: Report, options: SarifOptions): string {
  const codes = [...new Set(report.diagnostics.map(({ code }) => code))].sort()
  const seen = new Map<string, number>()
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'gitops',
            version: options.toolVersion,
            semanticVersion: options.toolVersion,
            informationUri: 'https://github.com/hustlex/gitops',
            rules: codes.map(code => ruleOf(code, options.pages.get(code))),
          },
        },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { REPOSITORY: { description: { text: 'The root of the repository.' } } },
        invocations: [{ executionSuccessful: true, toolExecutionNotifications: report.notChecked.map(notification) }],
        results: report.diagnostics.map(diagnostic => resultOf(diagnostic, codes, seen)),
      },
    ],
  }
  return `${JSON.stringify(log, undefined, 2)}\n`
}

function notification(sentence: string): object {
  return { level: 'warning', message: { text: `not checked: ${sentence}` } }
}

function ruleOf(code: string, page: string | undefined): object {
  const family = code.split('/', 1)[0] ?? code
  const summary = page === undefined ? undefined : firstParagraph(page)
  return {
    id: code,
    name: code
      .split(/[/-]/)
      .map(part => part.slice(0, 1).toUpperCase() + part.slice(1))
      .join(''),
    shortDescription: { text: summary ?? code },
    fullDescription: { text: summary ?? code },
    help: { text: page ?? `See: gitops explain ${code}`, markdown: page ?? `See: \`gitops explain ${code}\`` },
    properties: { tags: [family] },
  }
}

/** The first paragraph under "What". */
function firstParagraph(page: string): string | undefined {
  return page
    .split(/\n\s*\n/)
    .map(part => part.trim())
    .find(part => part !== '' && !part.startsWith('#'))
    ?.replaceAll('\n', ' ')
}

function resultOf(diagnostic: LocatedDiagnostic, codes: readonly string[], seen: Map<string, number>): object {
  const { code, severity, message, help, at, resource, environments, related = [], origin } = diagnostic
  const places = [...(origin === undefined ? [] : [{ at: origin, note: 'declared here' }]), ...related]
  const where = [resource === undefined ? '' : describeResource(resource), environments.join(', ')].filter(
    part => part !== '',
  )
  return {
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    level: levels[severity],
    message: {
      text: [`${message}${where.length === 0 ? '' : ` (${where.join('; ')})`}`, help].filter(Boolean).join('\n'),
    },
    locations: [{ ...locationOf(at), ...logicalLocation(diagnostic) }],
    ...(places.length === 0
      ? {}
      : {
          relatedLocations: places.map((place, i) => ({
            id: i + 1,
            ...locationOf(place.at),
            message: { text: place.note },
          })),
        }),
    partialFingerprints: { 'gitops/v1': fingerprint(diagnostic, seen) },
  }
}

function logicalLocation({ resource }: LocatedDiagnostic): object {
  if (resource === undefined) return {}
  const { kind, namespace, name } = resource
  return {
    logicalLocations: [{ name, kind: 'object', fullyQualifiedName: [kind, namespace, name].filter(Boolean).join('/') }],
  }
}

function locationOf({ file, line, column }: LocatedPlace): object {
  const uri = file.split('/').map(encodeURIComponent).join('/')
  return {
    physicalLocation: {
      artifactLocation: { uri, uriBaseId: 'REPOSITORY' },
      region: { startLine: line, startColumn: column },
    },
  }
}

/** What stays the same when lines move; equal findings are told apart by counting. */
function fingerprint({ code, at, resource, message }: LocatedDiagnostic, seen: Map<string, number>): string {
  const { kind = '', namespace = '', name = '' } = resource ?? {}
  const digest = sha256(JSON.stringify([code, at.file, at.pointer, kind, namespace, name, message])).slice(0, 32)
  const count = (seen.get(digest) ?? 0) + 1
  seen.set(digest, count)
  return `${digest}:${count}`
}
