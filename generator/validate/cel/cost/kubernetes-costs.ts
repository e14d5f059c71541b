// What calls of Kubernetes' own libraries cost, and functions of CEL that Kubernetes prices itself.
// Follows k8s.io/apiserver/pkg/cel/library/cost.go (EstimateCallCost).

import { elementOf, sizeOf, writtenInt, type CallCost, type PricedCall } from './argument.ts'
import { add, fixed, multiply, plus, scale, wrapped, type Estimate } from './estimate.ts'

type Price = (call: PricedCall) => CallCost | undefined

/** Of walking once through a text, by character. */
const traversal = 0.1
/** Of a regular expression, by its characters. */
const perPattern = 0.25
/** The longest pattern behind a named format. */
const longestPattern = 128
const longestFormat = 64n

const one: CallCost = { cost: fixed(1) }

/** A walk through a text: the first argument, or the receiver. */
function walk(from: 'argument' | 'target', factor: number, keepsSize = false): Price {
  return call => {
    const argument = from === 'target' ? call.target : call.args[0]
    if (argument === undefined) return undefined
    const size = sizeOf(argument, call)
    return { cost: scale(size, factor), ...(keepsSize ? { size } : {}) }
  }
}

/** Looking at each element; at a text of it, too. */
const overElements: Price = call => {
  const { target } = call
  if (target === undefined) return undefined
  const element = elementOf(target)
  if (element === undefined) return { cost: scale(sizeOf(target, call), traversal) }
  const isText = element.type.name === 'string' || element.type.name === 'bytes'
  const each = isText ? add(fixed(1), scale(sizeOf(element, call), traversal)) : fixed(1)
  return { cost: multiply(sizeOf(target, call), each) }
}

const join: Price = call => {
  const { target, args } = call
  if (target === undefined) return undefined
  const entries = sizeOf(target, call)
  const element = elementOf(target)
  const texts = element === undefined ? fixed(0) : multiply(entries, sizeOf(element, call))
  const [separator] = args
  const gaps = { min: oneLess(entries.min), max: oneLess(entries.max) }
  const size = separator === undefined ? texts : add(texts, multiply(sizeOf(separator, call), gaps))
  return { cost: scale(size, traversal), size }
}

function oneLess(value: bigint): bigint {
  return value > 0n ? value - 1n : 0n
}

const split: Price = call => {
  const { target, args } = call
  if (target === undefined) return undefined
  const size = sizeOf(target, call)
  const limit = args[1] === undefined ? undefined : writtenInt(args[1])
  return {
    cost: scale(size, 2 * traversal),
    size: { min: 0n, max: limit === undefined ? size.max : wrapped(limit) },
  }
}

const find: Price = call => {
  const { target, args } = call
  const [pattern] = args
  if (target === undefined || pattern === undefined) return undefined
  const size = sizeOf(target, call)
  const text = scale(add(size, fixed(1)), traversal)
  return { cost: multiply(text, scale(sizeOf(pattern, call), perPattern)), size: { min: 0n, max: size.max } }
}

const replace: Price = call => {
  const { target, args } = call
  const [old, substitute] = args
  if (target === undefined || old === undefined || substitute === undefined) return undefined
  const text = sizeOf(target, call)
  const from = sizeOf(old, call)
  const to = sizeOf(substitute, call)
  // The longest result replaces the shortest text by the longest, the shortest the other way round.
  const longest = replaced(text.max, from.min, { by: to.max, keeps: to.max <= from.min })
  const shortest = replaced(text.min, from.max, { by: to.min, keeps: from.max <= to.min })
  return { cost: scale(text, 2 * traversal), size: { min: shortest, max: longest } }
}

/** How long a text is after every part of a length was replaced; an empty part is found around every character. */
function replaced(text: bigint, part: bigint, { by, keeps }: { readonly by: bigint; readonly keeps: boolean }): bigint {
  if (part === 0n) return plus(multiply(fixed(plus(text, 1n)), fixed(by)).max, text)
  if (keeps) return text
  return multiply(fixed(BigInt(Math.ceil(Number(text) / Number(part)))), fixed(by)).max
}

/** Comparing the addresses of a block: four bytes, or sixteen. */
function inBlock(perByte: number, extra: number): Price {
  return call => {
    const [other] = call.args
    if (other === undefined) return undefined
    const address: Estimate = { min: 4n, max: 16n }
    const compared = [scale(add(address, address), traversal)]
    if (perByte > 2) compared.push(scale(address, traversal), fixed(extra))
    if (call.signature.endsWith('(string)')) compared.push(scale(sizeOf(other, call), traversal))
    return { cost: add(...compared) }
  }
}

/** A selector becomes a list of requirements, each a list and a structure; the shortest takes two characters. */
const selector: Price = call => {
  const [text] = call.args
  if (text === undefined || call.args.length !== 1) return undefined
  const size = sizeOf(text, call)
  return { cost: add(fixed(10), scale(size, traversal), scale(scale(size, 0.5), 50)) }
}

const validate: Price = call => {
  const [text] = call.args
  if (text === undefined) return undefined
  return { cost: scale(scale(sizeOf(text, call), traversal), longestPattern * perPattern) }
}

const constantTypes: ReadonlySet<string> = new Set([
  'net.IP',
  'net.CIDR',
  'kubernetes.Quantity',
  'kubernetes.Semver',
  'kubernetes.authorization.Authorizer',
  'kubernetes.authorization.PathCheck',
  'kubernetes.authorization.GroupCheck',
  'kubernetes.authorization.ResourceCheck',
  'kubernetes.authorization.Decision',
])

/** Values of Kubernetes' types are compared at a price of their own since 1.32; before, as if they had no bound. */
const equal: Price = call => {
  const [left, right] = call.args
  if (call.minor < 32 || left === undefined || right === undefined || left.type.name !== right.type.name)
    return undefined
  const { name } = left.type
  if (constantTypes.has(name)) return one
  if (name === 'kubernetes.NamedFormat') return { cost: scale({ min: 1n, max: longestFormat }, traversal) }
  if (name !== 'kubernetes.URL') return undefined
  return { cost: scale({ min: 1n, max: right.computed?.max ?? 1n }, traversal) }
}

/** A URL is as long as its text; said since 1.32. */
const url: Price = call => walk('argument', traversal, call.minor >= 32)(call)

function each(names: string, price: Price): readonly (readonly [string, Price])[] {
  return names.split(/\s+/).map(name => [name, price])
}

const prices: ReadonlyMap<string, Price> = new Map([
  // Two such questions are all that an expression may ask.
  ...each('check', () => ({ cost: fixed(350_000) })),
  ...each('fieldSelector labelSelector', selector),
  ...each('isSorted sum max min indexOf lastIndexOf', overElements),
  ...each('url', url),
  ...each('lowerAscii upperAscii substring trim', walk('target', traversal, true)),
  ...each('replace', replace),
  ...each('split', split),
  ...each('join', join),
  ...each('find findAll', find),
  ...each('cidr isIP isCIDR quantity isQuantity semver isSemver', walk('argument', traversal)),
  ...each('ip', call => (call.target === undefined ? walk('argument', traversal)(call) : one)),
  ...each('ip.isCanonical', walk('argument', 2 * traversal)),
  ...each('containsIP', inBlock(2, 0)),
  ...each('containsCIDR', inBlock(3, 1)),
  ...each('validate', validate),
  ...each('_==_', equal),
])

/** Undefined where Kubernetes leaves the price to CEL. */
export function kubernetesCost(call: PricedCall): CallCost | undefined {
  return prices.get(call.name)?.(call)
}
