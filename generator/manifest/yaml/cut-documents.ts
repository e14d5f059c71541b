// Where the documents of a text begin and end: at lines that begin with `---`, wherever they stand, as kustomize cuts it.

/** The documents of a text; each begins with its `---` line, but for a first one without. */
export function cutDocuments(text: string): readonly { readonly start: number; readonly end: number }[] {
  const starts: number[] = []
  const marker = /^---(?=\s|$)/gm
  for (let match = marker.exec(text); match !== null; match = marker.exec(text)) starts.push(match.index)
  const lead = text.slice(0, starts[0] ?? text.length)
  if (starts.length === 0 || !/^(?:[ \t]*(?:#.*)?\n)*$/.test(lead)) starts.unshift(0)
  return starts.map((start, index) => ({ start, end: starts[index + 1] ?? text.length }))
}
