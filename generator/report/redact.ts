// A Secret's value never appears in any output: not in a code frame, not in a message. Errs on the side of hiding: whatever stands
// in a document of kind Secret, in a secretGenerator, or in a file that is no YAML, loses its values; names stay readable.

import type { Diagnostic } from '../diagnostics/diagnostic.ts'

const hidden = '<redacted>'

/** The lines of a file, ready to be shown; all of them lose their values where they are shown for a finding about a Secret. */
export function redactLines(file: string, lines: readonly string[], aboutSecret: boolean): readonly string[] {
  if (!/\.(ya?ml|json|ts|mts|js|md)$|^stdin$/.test(file)) return lines.map(redactLine)
  if (/\.(ts|mts|js|md)$/.test(file)) return lines
  if (aboutSecret || lines.some(line => /^\s*(?:-\s*)?["']?secretGenerator["']?\s*:/.test(line))) {
    return lines.map(redactLine)
  }
  return redactSecretDocuments(lines)
}

/** Documents that hold a Secret, or a patch of one, lose their values; the others are kept. */
function redactSecretDocuments(lines: readonly string[]): readonly string[] {
  const shown: string[] = []
  let document: string[] = []
  const close = (): void => {
    const secret = document.some(
      line => /["']?\bkind["']?\s*:\s*["']?Secret\b/.test(line) || /(^|[^A-Za-z])(stringData|data)\//.test(line),
    )
    shown.push(...(secret ? document.map(redactLine) : document))
    document = []
  }
  for (const line of lines) {
    if (/^---(\s|$)/.test(line)) close()
    document.push(line)
  }
  close()
  return shown
}

const harmless = /^(\s*(?:-\s*)?["']?(apiVersion|kind|name|namespace|metadata|type|op|path|target|resources)["']?\s*:)/

function redactLine(line: string): string {
  if (line.trim() === '' || harmless.test(line) || line.startsWith('---')) return line
  const literal = /^(\s*-\s*["']?[\w.-]+=)./.exec(line)
  if (literal?.[1] !== undefined) return literal[1] + hidden
  const entry = /^(\s*(?:-\s+)?["']?[\w./-]+["']?\s*[:=])\s*(.*)$/.exec(line)
  if (entry?.[1] !== undefined) return entry[2] === '' ? line : `${entry[1]} ${hidden}`
  return line.replace(/\S.*/, hidden)
}

/** A message about a Secret's data keeps the names it quotes and loses the values. */
export function redactMessage(diagnostic: Pick<Diagnostic, 'message' | 'resource' | 'at'>): string {
  const { message, resource, at } = diagnostic
  if (resource?.kind !== 'Secret') return message
  const match = /\/(data|stringData)(?:\/([^/]*))?/.exec(at.pointer)
  if (match === null) return message
  const key = match[2]?.replaceAll('~1', '/').replaceAll('~0', '~')
  return message.replace(/"[^"]*"/g, quoted =>
    quoted === `"${key}"` || /^"(data|stringData)"$/.test(quoted) ? quoted : `"${hidden}"`,
  )
}
