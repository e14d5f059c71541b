// Globs of an AppProject that Argo CD reads otherwise than they are written, or cannot read: its library, gobwas/glob
// v0.2.3, says nothing, and the entry then permits less, or refuses less, than it seems to.

import { isGlob } from '../../argocd/simulate/glob.ts'
import { normalizeGitUrl } from '../../argocd/simulate/git-url.ts'
import { isMisreadGlob } from '../../argocd/simulate/misread-glob.ts'
import { isAppProject } from '../../argocd/simulate/read-argocd.ts'
import { pointer } from '../../manifest/pointer.ts'
import type { Resource } from '../../manifest/resource.ts'
import { asList, asMap, asString, type YamlValue } from '../../manifest/value.ts'
import type { Finding, Rule } from '../rule.ts'
import { projectKinds } from './argo-kinds.ts'

/** Lists of globs, and lists of objects with globs in some fields. */
const globLists: readonly (readonly [list: string, fields: readonly string[]])[] = [
  ['sourceRepos', []],
  ['sourceNamespaces', []],
  ['destinations', ['server', 'name', 'namespace']],
  ['destinationServiceAccounts', ['server', 'namespace']],
  ['syncWindows', ['applications', 'namespaces', 'clusters']],
]

export const projectGlob: Rule = {
  code: 'argocd/project-glob',
  severity: 'error',
  summary: 'Argo CD reads the globs of a project as they are written.',
  kinds: projectKinds,
  appliesTo: isAppProject,
  *check(resource) {
    for (const [tokens, glob] of globsOf(resource)) {
      const wrong = tokens[0] === 'sourceRepos' ? repositoryMistake(glob) : globMistake(glob)
      if (wrong !== undefined) yield { at: { resource, pointer: pointer('spec', ...tokens) }, ...wrong }
    }
  },
}

type Tokens = readonly (string | number)[]

function* globsOf({ object }: Resource): Iterable<readonly [Tokens, string]> {
  const spec = asMap(object['spec'])
  for (const [list, fields] of globLists) {
    for (const [index, value] of asList(spec[list]).entries()) {
      if (fields.length === 0) yield* strings([list, index], value)
      for (const field of fields) yield* strings([list, index, field], asMap(value)[field])
    }
  }
}

function* strings(tokens: Tokens, value: YamlValue | undefined): Iterable<readonly [Tokens, string]> {
  const text = asString(value)
  if (text !== undefined) yield [tokens, text]
  for (const [index, item] of asList(value).entries()) yield* strings([...tokens, index], item)
}

/** Argo CD matches what is left of a repository's URL, and of the glob, once Go's net/url has read and printed it. */
function repositoryMistake(written: string): Omit<Finding, 'at'> | undefined {
  const glob = written.replace(/^!/, '')
  if (glob.trim() === '') return undefined
  const printed = normalizeGitUrl(glob)
  if (printed === '') {
    return {
      message: `"${written}" is no URL, so the entry never matches`,
      help: 'Write the scheme and the host without wildcards; `*` may stand in the path.',
    }
  }
  const special = /[{}\\]/.exec(glob)?.[0]
  if (special === undefined || printed.includes(special)) return globMistake(written)
  return {
    message: `Argo CD takes "${special}" in "${written}" for a character of the URL, so the entry never matches`,
    help: 'Write one entry for each repository, or `*` for one part of the path.',
  }
}

function globMistake(written: string): Omit<Finding, 'at'> | undefined {
  const glob = written.replace(/^!/, '')
  const isExpression = glob.length > 1 && glob.startsWith('/') && glob.endsWith('/')
  if (isExpression) return undefined
  if (!isGlob(glob)) {
    return {
      message: `"${written}" is no glob, so the entry never matches`,
      help: 'Close its brackets, or escape them.',
    }
  }
  if (!isMisreadGlob(glob)) return undefined
  return {
    message: `Argo CD does not match "${written}" as it is written: alternatives with wildcards, or empty ones, inside a longer glob are misread`,
    help: 'Write one entry for each alternative.',
  }
}
