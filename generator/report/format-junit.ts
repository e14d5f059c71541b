// JUnit XML: a failed test case per error, a passed one with output per warning and info, a skipped one per object without schema.
// The shape most CI servers agree on: https://github.com/testmoapp/junitxml

import { describeResource } from '../manifest/resource.ts'
import type { LocatedDiagnostic, Report } from './report.ts'

export function formatJunit(report: Report): string {
  const { summary, diagnostics, skipped, notChecked } = report
  const cases = [
    ...diagnostics.map(findingCase),
    ...skipped.map(({ resource, reason }) =>
      element('testcase', { classname: 'schema', name: describeResource(resource) }, [
        element('skipped', { message: reason }),
      ]),
    ),
    ...notChecked.map(sentence =>
      element('testcase', { classname: 'not checked', name: sentence }, [element('skipped', { message: sentence })]),
    ),
  ]
  if (summary.errors === 0)
    cases.push(element('testcase', { classname: 'gitops', name: `${summary.validated} objects validated` }))
  const counts = {
    tests: cases.length,
    failures: summary.errors,
    errors: 0,
    skipped: skipped.length + notChecked.length,
  }
  const suite = element('testsuite', { name: 'gitops validate', ...counts }, cases)
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', { name: 'gitops', ...counts }, [suite])}\n`
}

function findingCase(diagnostic: LocatedDiagnostic): string {
  const { code, severity, message, help, at, resource, environments } = diagnostic
  const place = `${at.file}:${at.line}:${at.column}`
  const about = [resource === undefined ? '' : describeResource(resource), environments.join(', ')]
    .filter(part => part !== '')
    .join('; ')
  const text = escapeXml([`${place}${about === '' ? '' : ` (${about})`}`, message, help].filter(Boolean).join('\n'))
  const attributes = { classname: code, name: `${place} ${message}`, file: at.file, line: at.line }
  const body =
    severity === 'error'
      ? element('failure', { type: code, message }, [text], '')
      : element('system-out', {}, [`${severity}: ${text}`], '')
  return element('testcase', attributes, [body])
}

function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  children: readonly string[] = [],
  gap = '\n',
): string {
  const start = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(String(value))}"`)
  if (children.length === 0) return `<${name}${start.join('')}/>`
  return `<${name}${start.join('')}>${gap}${children.join(gap)}${gap}</${name}>`
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Also drops what XML 1.0 cannot hold at all. */
function escapeXml(text: string): string {
  return text
    .replace(/[&<>"]/g, sign => entities[sign] ?? sign)
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
}
