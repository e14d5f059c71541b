// A block scalar at the end of a document, with comments behind it: kustomize writes each document once before it reads what it prints,
// and go-yaml 3 sets such comments off with an empty line, which a block that keeps its last breaks (`|+`) takes for its own
// (emitterc.go, yaml_emitter_process_foot_comment).

import { leavesBlock } from './analyze-string.ts'

/** The text of a block as kustomize prints it; `from` and `to` say what stands between the block and the end of its document. */
export function beforeComments(text: string, source: string, from: number, to: number): string {
  if (!text.endsWith('\n\n') && text !== '\n') return text
  const rest = source.slice(from, to).replace(/^\.\.\.[^]*$/m, '')
  return rest.includes('#') && !/^ *[^ #\n]/m.test(rest) && !leavesBlock(text) ? `${text}\n` : text
}
