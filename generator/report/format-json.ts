// The report a program reads: version 1, described by schemas/report.schema.json. Changing the shape bumps the version.

import type { LocatedDiagnostic, LocatedPlace, Report } from './report.ts'

const version = 1

export function formatJson({ summary, diagnostics, skipped, notChecked }: Report): string {
  const { rendered, validated, skipped: skippedCount, errors, warnings, infos } = summary
  const document = {
    version,
    summary: { rendered, validated, skipped: skippedCount, errors, warnings, infos },
    diagnostics: diagnostics.map(toJson),
    skipped: skipped.map(({ resource, reason }) => ({ resource, reason })),
    notChecked,
  }
  return `${JSON.stringify(document, undefined, 2)}\n`
}

function toJson(diagnostic: LocatedDiagnostic): Readonly<Record<string, unknown>> {
  const { code, severity, message, help, environments, resource, at, origin, related } = diagnostic
  return {
    code,
    severity,
    message,
    help,
    environment: environments[0],
    environments: environments.length > 1 ? environments : undefined,
    resource,
    at: placeToJson(at),
    origin: origin === undefined ? undefined : { file: origin.file, line: origin.line, column: origin.column },
    related: related?.map(({ at: place, note }) => ({ at: placeToJson(place), note })),
  }
}

function placeToJson({ file, line, column, document, pointer }: LocatedPlace): Readonly<Record<string, unknown>> {
  return { file, line, column, document, pointer }
}
