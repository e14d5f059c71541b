// GitHub workflow commands: findings shown on the changed lines of a pull request.
// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands

import type { Severity } from '../diagnostics/diagnostic.ts'
import { describeResource } from '../manifest/resource.ts'
import type { LocatedDiagnostic, Report } from './report.ts'

const commands: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' }

export function formatGithub({ diagnostics, skipped, notChecked, summary }: Report): string {
  const { errors, warnings, infos, rendered, validated } = summary
  return [
    ...diagnostics.map(annotation),
    ...skipped.map(
      ({ resource, reason }) =>
        `::warning title=not validated::${escapeData(`${describeResource(resource)}: ${reason}`)}`,
    ),
    ...notChecked.map(sentence => `::warning title=not checked::${escapeData(sentence)}`),
    `${errors} errors, ${warnings} warnings, ${infos} infos in ${rendered} objects; ${validated} validated against a schema, ${summary.skipped} skipped`,
    '',
  ].join('\n')
}

function annotation({ severity, code, message, help, at, resource, environments }: LocatedDiagnostic): string {
  const about = [resource === undefined ? '' : describeResource(resource), environments.join(', ')]
    .filter(part => part !== '')
    .join('; ')
  const text = [`${message}${about === '' ? '' : ` (${about})`}`, help].filter(Boolean).join('\n')
  const properties = [
    `file=${escapeProperty(at.file)}`,
    `line=${at.line}`,
    `col=${at.column}`,
    `title=${escapeProperty(code)}`,
  ]
  return `::${commands[severity]} ${properties.join(',')}::${escapeData(text)}`
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
