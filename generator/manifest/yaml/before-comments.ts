// A block scalar at the end of a document, with comments behind it: kustomize writes each document once before it reads what it prints,
// and go-yaml 3 sets such comments off with an empty line, which a block that keeps its last breaks (`|+`) takes for its own
// (emitterc.go, yaml_emitter_process_foot_comment).

import { leavesBlock } from './analyze-string.ts'

/** The text of a block as kustomize prints it; `from` and `to` say what stands between the block and the end of its document. */
export function beforeComments(text: string, source: string, from: number, to: number): string {
  if (!text.endsWith('\n\n') && text !== '\n') return text
  const rest = source.slice(from, to).replace(/^\.\.\.[^]*$/m, '')
  return isOneComment(rest) && !leavesBlock(text) ? `${text}\n` : text
}

/** Whether nothing but comments stands there, all in one column: others belong to different parts of the document. */
function isOneComment(rest: string): boolean {
  const columns = rest.split('\n').flatMap(line => (/\S/.test(line) ? [line.search(/\S/)] : []))
  return columns.length > 0 && columns.every(column => column === columns[0]) && !/^ *[^ #\n]/m.test(rest)
}
