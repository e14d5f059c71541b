// Markdown for a pull request's comment or a job's summary.

import { describeResource } from '../manifest/resource.ts'
import type { LocatedDiagnostic, Report } from './report.ts'

export function formatMarkdown({ summary, diagnostics, skipped, notChecked }: Report): string {
  const { errors, warnings, infos, rendered, validated } = summary
  return [
    `**${errors} errors, ${warnings} warnings, ${infos} infos** in ${rendered} objects; ${validated} validated against a schema, ${summary.skipped} skipped.`,
    ...(diagnostics.length === 0
      ? []
      : ['', '| severity | place | finding | object |', '| --- | --- | --- | --- |', ...diagnostics.map(row)]),
    ...list(
      'Not validated',
      skipped.map(({ resource, reason }) => `${describeResource(resource)}: ${reason}`),
    ),
    ...list('Not checked', notChecked),
    '',
  ].join('\n')
}

function row({ severity, at, code, message, help, resource, environments }: LocatedDiagnostic): string {
  const about = [resource === undefined ? '' : describeResource(resource), environments.join(', ')]
    .filter(part => part !== '')
    .join('; ')
  const finding = `${escapeCell(message)} (\`${code}\`)${help === undefined ? '' : `<br>${escapeCell(help)}`}`
  return `| ${severity} | \`${at.file.replaceAll('|', '\\|')}:${at.line}:${at.column}\` | ${finding} | ${escapeCell(about)} |`
}

function list(title: string, entries: readonly string[]): readonly string[] {
  return entries.length === 0 ? [] : ['', `${title}:`, '', ...entries.map(entry => `- ${escapeCell(entry)}`)]
}

/** Nothing a manifest says may become markup, a link or another cell. */
function escapeCell(text: string): string {
  return text
    .replace(/[\\`*_[\]<>|#@~]/g, sign =>
      sign === '<' ? '&lt;' : sign === '>' ? '&gt;' : sign === '@' ? '@\u200b' : `\\${sign}`,
    )
    .replaceAll('\n', ' ')
}
