// The parts of a syntax node, whatever its kind.

import type { SyntaxNode } from './syntax-node.ts'

/** The node with each of its parts read anew. */
// oxlint-disable-next-line complexity -- one case per kind of node
export function withChildren(node: SyntaxNode, read: (child: SyntaxNode) => SyntaxNode): SyntaxNode {
  switch (node.op) {
    case 'value':
    case 'id':
      return node
    case '.':
    case '.?':
      return { ...node, args: [read(node.args[0]), node.args[1]] }
    case 'call':
      return { ...node, args: [node.args[0], node.args[1].map(read)] }
    case 'rcall':
      return { ...node, args: [node.args[0], read(node.args[1]), node.args[2].map(read)] }
    case 'list':
      return { ...node, args: node.args.map(read) }
    case 'map':
      return { ...node, args: node.args.map(([key, value]) => [read(key), read(value)] as const) }
    case '?:':
      return { ...node, args: [read(node.args[0]), read(node.args[1]), read(node.args[2])] }
    case '!_':
    case '-_':
      return { ...node, args: read(node.args) }
    default:
      return { ...node, args: [read(node.args[0]), read(node.args[1])] }
  }
}

/** Every node below this one. */
export function descendantsOf(node: SyntaxNode): readonly SyntaxNode[] {
  const found: SyntaxNode[] = []
  withChildren(node, child => {
    found.push(child, ...descendantsOf(child))
    return child
  })
  return found
}
