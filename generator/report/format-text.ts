// The report a person reads in a terminal.

import type { Severity } from '../diagnostics/diagnostic.ts'
import { describeResource } from '../manifest/resource.ts'
import { createPaint, type Paint } from './paint.ts'
import type { CodeFrame, LocatedDiagnostic, LocatedPlace, Report } from './report.ts'

export interface TextOptions {
  readonly colour: boolean
  /** Errors only, and no summary when there are none: how much was not checked is then the caller's to say. */
  readonly quiet?: boolean
}

/** Findings with their frames, then what was skipped or not checked, then the summary. */
export function formatText(report: Report, { colour, quiet = false }: TextOptions): string {
  const paint = createPaint(colour)
  const shown = quiet ? report.diagnostics.filter(({ severity }) => severity === 'error') : report.diagnostics
  const blocks = shown.map(diagnostic => `${formatDiagnostic(diagnostic, paint)}\n`)
  if (quiet && report.summary.errors === 0) return ''
  return [...blocks, ...closing(report, paint)].join('\n') + '\n'
}

/** Findings alone, for commands whose result is something else. */
export function formatFindings(diagnostics: readonly LocatedDiagnostic[], colour: boolean): string {
  const paint = createPaint(colour)
  return diagnostics.map(diagnostic => `${formatDiagnostic(diagnostic, paint)}\n`).join('\n')
}

function formatDiagnostic(diagnostic: LocatedDiagnostic, paint: Paint): string {
  const { severity, code, message, at, resource, environments, origin, related, help, frame } = diagnostic
  const about = [resource === undefined ? '' : describeResource(resource), environments.join(', ')].filter(
    part => part !== '',
  )
  return [
    `${paintSeverity(severity, paint)} ${paint.bold(message)} ${paint.dim(`[${code}]`)}`,
    `  ${paint.cyan(showPlace(at))}${about.length === 0 ? '' : paint.dim(` (${about.join('; ')})`)}`,
    ...(frame === undefined ? [] : formatFrame(frame, at, severity, paint)),
    ...(origin === undefined ? [] : [`  declared at ${paint.cyan(showPlace(origin))}`]),
    ...(related ?? []).map(({ at: place, note }) => `  ${note}: ${paint.cyan(showPlace(place))}`),
    ...(help === undefined ? [] : [`  ${paint.green('help:')} ${help}`]),
  ].join('\n')
}

function formatFrame(frame: CodeFrame, at: LocatedPlace, severity: Severity, paint: Paint): readonly string[] {
  const gutter = String(at.line).length
  const lines = frame.lines.map((text, index) => {
    const number = String(frame.firstLine + index).padStart(gutter)
    return `  ${paint.dim(`${number} |`)} ${text}`
  })
  const mark = ' '.repeat(at.column - 1) + '^'.repeat(frame.width)
  const colour = severity === 'error' ? paint.red : severity === 'warning' ? paint.yellow : paint.blue
  return [...lines, `  ${paint.dim(`${' '.repeat(gutter)} |`)} ${colour(mark)}`]
}

function closing({ summary, skipped, notChecked }: Report, paint: Paint): readonly string[] {
  const { rendered, validated, errors, warnings, infos } = summary
  const counts = [countOf(errors, 'error'), countOf(warnings, 'warning'), countOf(infos, 'info')].join(', ')
  const colour = errors > 0 ? paint.red : warnings > 0 ? paint.yellow : paint.green
  return [
    ...skipped.map(({ resource, reason }) => paint.yellow(`not validated: ${describeResource(resource)}: ${reason}`)),
    ...notChecked.map(sentence => paint.yellow(`not checked: ${sentence}`)),
    `${colour(counts)} in ${countOf(rendered, 'object')}; ${validated} validated against a schema, ${summary.skipped} skipped`,
  ]
}

function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

function paintSeverity(severity: Severity, paint: Paint): string {
  if (severity === 'error') return paint.red('error')
  return severity === 'warning' ? paint.yellow('warning') : paint.blue('info')
}

function showPlace({ file, line, column }: LocatedPlace): string {
  return `${file}:${line}:${column}`
}
