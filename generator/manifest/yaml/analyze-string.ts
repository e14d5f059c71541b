// Which ways of writing a string are open: the analysis that go-yaml 2 makes before it emits a scalar (emitterc.go, analyze_scalar).

export interface Analysis {
  readonly plainAllowed: boolean
  readonly singleQuotedAllowed: boolean
  readonly literalAllowed: boolean
}

const anything: Analysis = { plainAllowed: true, singleQuotedAllowed: true, literalAllowed: false }

/** What the emitter allows for a string in block context. */
export function analyze(text: string): Analysis {
  if (text === '') return anything
  const special = unprintable.test(text) || /[ ][\n\x85\u2028\u2029]/.test(text)
  const breakThenSpace = /[\n\x85\u2028\u2029] /.test(text)
  return {
    plainAllowed:
      !special && !breakThenSpace && !lineBreak.test(text) && !edgeSpace.test(text) && !indicators.test(text),
    singleQuotedAllowed: !special && !breakThenSpace,
    literalAllowed: !special && !text.endsWith(' '),
  }
}

/** All but line feed, printable ASCII and the basic plane from U+00A0 on (without the byte order mark and non-characters). */
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
export const unprintable: RegExp = /[^\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/
const lineBreak = /[\n\u2028\u2029]/
const edgeSpace = /^ | $/
/** Document markers, indicators at the beginning, a colon before a space or the end, a hash after a space. */
const indicators = /^(?:---|\.\.\.|[#,[\]{}&*!|>'"%@`]|[-?:](?: |$))|:(?: |$)| #/

/** Whether go-yaml 3 writes a block of text in double quotes: spaces before a break or the end, and characters it cannot print. */
export function leavesBlock(text: string): boolean {
  return / $| \n/.test(text) || unprintable.test(text.replaceAll('\t', ''))
}
