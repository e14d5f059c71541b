// URLs. k8s.io/apiserver/pkg/cel/library/urls.go, which reads them with Go's url.ParseRequestURI: absolute, or a path.

import { celMap } from '../cel-map.ts'
import type { CelFunction } from '../compilation.ts'
import { fail, isOpaque, noOverload, type CelValue, type Opaque } from '../values.ts'

interface Parts {
  readonly scheme: string
  readonly host: string
  readonly path: string
  readonly query: string
}

export class UrlValue implements Opaque {
  readonly celType = 'kubernetes.URL'
  readonly text: string
  readonly parts: Parts
  constructor(text: string, parts: Parts) {
    this.text = text
    this.parts = parts
  }
  equals(other: Opaque): boolean {
    return other instanceof UrlValue && other.text === this.text
  }
}

const absolute = /^([a-zA-Z][a-zA-Z0-9+.-]*):\/\/(?:[^@/?#]*@)?([^/?]*)([^?]*)(?:\?(.*))?$/
const opaque = /^[a-zA-Z][a-zA-Z0-9+.-]*:[^/]/
const local = /^(\/[^?]*)(?:\?(.*))?$/

function parse(text: string): Parts | undefined {
  // oxlint-disable-next-line no-control-regex -- a URL may hold no control characters, which is what is asked
  if (/[\u0000-\u001f\u007f ]/.test(text) || /%(?![0-9a-fA-F]{2})/.test(text)) return undefined
  const path = local.exec(text)
  if (path !== null) return { scheme: '', host: '', path: path[1] ?? '', query: path[2] ?? '' }
  // Without a slash after the scheme everything is opaque: no host, no path.
  if (opaque.test(text)) return { scheme: '', host: '', path: '', query: '' }
  return parseAbsolute(text)
}

function parseAbsolute(text: string): Parts | undefined {
  const match = absolute.exec(text)
  if (match === null) return undefined
  const [, scheme = '', host = '', urlPath = '', query = ''] = match
  if (!isHost(host)) return undefined
  return { scheme: scheme.toLowerCase(), host, path: urlPath, query }
}

function isHost(host: string): boolean {
  const match = /^(\[[0-9a-fA-F:.]+\]|[^:[\]]*)(?::(\d*))?$/.exec(host)
  return match !== null
}

function onUrl(name: string, part: (parts: Parts) => CelValue): CelFunction {
  return (value = null) =>
    isOpaque(value) && value instanceof UrlValue ? part(value.parts) : noOverload(name, [value])
}

function query(text: string): CelValue {
  const values = new Map<string, string[]>()
  for (const pair of text.split('&')) {
    if (pair === '' || pair.includes(';')) continue
    const equals = pair.indexOf('=')
    const key = decode(equals < 0 ? pair : pair.slice(0, equals))
    values.set(key, [...(values.get(key) ?? []), equals < 0 ? '' : decode(pair.slice(equals + 1))])
  }
  return celMap([...values])
}

function decode(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '))
}

/** As Go's EscapedPath. */
function escapedPath(path: string): string {
  return path.replaceAll(/[^A-Za-z0-9$&+,/:;=@\-_.~!'()*%[\]]/gu, character => encodeURIComponent(character))
}

export const urlFunctions: Readonly<Record<string, CelFunction>> = {
  url: (text = null) => {
    if (typeof text !== 'string') return noOverload('url', [text])
    const parts = parse(text)
    return parts === undefined
      ? fail(`URL parse error during conversion from string: "${text}"`)
      : new UrlValue(text, parts)
  },
  isURL: (text = null) => (typeof text === 'string' ? parse(text) !== undefined : noOverload('isURL', [text])),
  '.getScheme': onUrl('getScheme', ({ scheme }) => scheme),
  '.getHost': onUrl('getHost', ({ host }) => host),
  '.getHostname': onUrl('getHostname', ({ host }) => host.replace(/:\d*$/, '').replaceAll(/^\[|\]$/g, '')),
  '.getPort': onUrl('getPort', ({ host }) => /:(\d+)$/.exec(host)?.[1] ?? ''),
  '.getEscapedPath': onUrl('getEscapedPath', ({ path }) => escapedPath(path)),
  '.getQuery': onUrl('getQuery', parts => query(parts.query)),
}
