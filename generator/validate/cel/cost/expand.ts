// A checked expression as the estimation sees it: operators as calls, doubled signs gone, macros expanded. (cel-go also halves chains
// of `&&` and `||`; what they cost stays the same.) Follows cel-go's parser/parser.go.

import { boolType, stringType, type CelType } from '../cel-type.ts'
import type { TypedExpression } from '../check-types.ts'
import { macroOf } from '../macros.ts'
import { isOperandParenthesised } from '../parentheses.ts'
import { optionalEntry } from '../parse-expression.ts'
import type { SyntaxNode } from '../syntax-node.ts'
import { literal, nameNode, type CoreNode } from './core-syntax.ts'
import { expandMacro } from './expand-macros.ts'

export interface Checked extends TypedExpression {
  /** The text that the positions of nodes count in. */
  readonly source: string
}

/** The expanded tree; a new one with every call, for costs are noted by node. */
// oxlint-disable-next-line complexity -- one case per kind of node
export function expand(node: SyntaxNode, checked: Checked): CoreNode {
  const type = checked.typeOf(node)
  switch (node.op) {
    case 'value':
      return literal(node.args, type)
    case 'id':
      return nameNode(node.args, type)
    case '.':
      return select(node, type, checked)
    case '.?':
      return operator(node, [node.args[0]], checked, [literal(node.args[1], stringType)])
    case 'call':
      return call(node, checked)
    case 'rcall':
      return method(node, checked)
    case 'list':
      return { kind: 'list', items: node.args.map(item => expand(unmarked(item), checked)), type }
    case 'map':
      return {
        kind: 'map',
        entries: node.args.map(([key, value]) => [expand(unmarked(key), checked), expand(value, checked)] as const),
        type,
      }
    case '!_':
    case '-_':
      return signed(node, checked)
    default:
      return operator(node, node.args, checked)
  }
}

function unmarked(node: SyntaxNode): SyntaxNode {
  return node.op === 'call' && node.args[0] === optionalEntry ? (node.args[1][0] ?? node) : node
}

/** A name with dots that stands for a type is one name. */
function select(node: Extract<SyntaxNode, { op: '.' | '.?' }>, type: CelType, checked: Checked): CoreNode {
  const named = checked.callOf(node)
  if (named !== undefined) return nameNode(named.name, type)
  return { kind: 'select', operand: expand(node.args[0], checked), field: node.args[1], type }
}

function operator(
  node: SyntaxNode,
  operands: readonly SyntaxNode[],
  checked: Checked,
  more: readonly CoreNode[] = [],
): CoreNode {
  const found = checked.callOf(node)
  return {
    kind: 'call',
    name: found?.name ?? '',
    // Reading an optional field is a function of its own, which no signature declares.
    signatures: found?.signatures.map(({ text }) => text) ?? [node.op],
    args: [...operands.map(operand => expand(operand, checked)), ...more],
    type: checked.typeOf(node),
  }
}

/** `-5` is a number; two signs after each other are none. */
function signed(node: Extract<SyntaxNode, { op: '!_' | '-_' }>, checked: Checked): CoreNode {
  const operand = node.args
  if (isOperandParenthesised(node, operand, checked.source)) return operator(node, [operand], checked)
  if (operand.op === node.op) return expand(operand.args, checked)
  const isNumber = operand.op === 'value' && (typeof operand.args === 'bigint' || typeof operand.args === 'number')
  if (node.op === '-_' && isNumber) return literal(-(operand.args as number), checked.typeOf(node))
  return operator(node, [operand], checked)
}

function call(node: Extract<SyntaxNode, { op: 'call' }>, checked: Checked): CoreNode {
  const [name, parameters] = node.args
  const [asked] = parameters
  if (name === 'has' && asked?.op === '.') {
    return { kind: 'presence', operand: expand(asked.args[0], checked), type: boolType }
  }
  return operator(node, parameters, checked)
}

function method(node: Extract<SyntaxNode, { op: 'rcall' }>, checked: Checked): CoreNode {
  const [name, target, parameters] = node.args
  const found = checked.callOf(node)
  const isMacro = macroOf(name, target, parameters) !== undefined && !isFunction(found?.name, name)
  if (isMacro) return macro(node, checked)
  const args = parameters.map(parameter => expand(parameter, checked))
  const signatures = found?.signatures.map(({ text }) => text) ?? []
  const type = checked.typeOf(node)
  // In a namespace it is a function without a receiver.
  if (found !== undefined && !found.name.startsWith('.'))
    return { kind: 'call', name: found.name, signatures, args, type }
  return { kind: 'call', name, signatures, target: expand(target, checked), args, type }
}

/** A call that the checker resolved under its own name, or in a namespace; macros are resolved as what they stand for. */
function isFunction(resolved: string | undefined, name: string): boolean {
  return resolved === `.${name}` || resolved?.endsWith(`.${name}`) === true
}

function macro(node: Extract<SyntaxNode, { op: 'rcall' }>, checked: Checked): CoreNode {
  const [name, target, parameters] = node.args
  const isPair = name.startsWith('transform') || (parameters.length === 3 && name !== 'map')
  const count = isPair ? 2 : 1
  return expandMacro({
    name,
    target: () => expand(target, checked),
    variables: parameters.slice(0, count).map(one => ({
      name: one.op === 'id' ? one.args : '',
      type: checked.typeOf(one),
    })),
    bodies: parameters.slice(count).map(body => expand(body, checked)),
    type: checked.typeOf(node),
    signatures: checked.callOf(node)?.signatures.map(({ text }) => text) ?? [],
  })
}
