// Versions per environment: generator/platform/releases.yaml, the one file that people and bots write versions to.
//
//   production:
//     hustlex/api: 1.4.2
//     hustlex/worker: sha256:0123…

import type { Diagnostic, Result } from '../diagnostics/diagnostic.ts'
import { hint } from '../diagnostics/suggest.ts'
import { parseYaml } from '../manifest/parse-yaml.ts'
import { pointer } from '../manifest/pointer.ts'
import { isMap, type YamlValue } from '../manifest/value.ts'
import { environmentNames } from './resolve.ts'
import type { Platform } from './platform.ts'
import { jsonText } from '../manifest/json-text.ts'

/** Image name (without version) to its tag, or its digest (`sha256:…`). */
export type Versions = Readonly<Record<string, string>>

/** Environment name to versions. */
export type Releases = Readonly<Record<string, Versions>>

export const releasesFile = 'generator/platform/releases.yaml'

const tag = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/
const digest = /^sha256:[0-9a-f]{64}$/

/** Reads the file's text; entries that cannot be used are diagnostics and left out. */
export function parseReleases(text: string, platform: Platform, file = releasesFile): Result<Releases> {
  const { value: documents, diagnostics } = parseYaml(text, file)
  const found: Diagnostic[] = [...diagnostics]
  const root = documents[0]?.value
  if (root === undefined) return { value: {}, diagnostics: found }
  const problem: Problem = (at, message, help, on = 'value') => {
    found.push({
      code: 'model/invalid-release',
      severity: 'error',
      message,
      help,
      at: { file, document: 1, pointer: at, on },
    })
  }
  if (!isMap(root)) {
    problem(
      '',
      'the releases file is not a map of environments',
      'Write one key per environment, each a map of image to version.',
    )
    return { value: {}, diagnostics: found }
  }
  const names = environmentNames(platform)
  const releases: Record<string, Versions> = {}
  for (const [environment, versions] of Object.entries(root)) {
    const at = pointer(environment)
    if (!names.includes(environment)) {
      problem(
        at,
        `no environment "${environment}"${hint(environment, names)}`,
        'Name an environment of the platform.',
        'key',
      )
    } else if (!isMap(versions)) {
      problem(at, `versions of "${environment}" are not a map of image to version`, 'Write one image per line.')
    } else {
      releases[environment] = Object.fromEntries(
        Object.entries(versions).filter(([image, version]) =>
          checkVersion(version, pointer(environment, image), problem),
        ),
      ) as Versions
    }
  }
  return { value: releases, diagnostics: found }
}

type Problem = (at: string, message: string, help: string, on?: 'key' | 'value') => void

function checkVersion(version: YamlValue | undefined, at: string, problem: Problem): boolean {
  if (typeof version !== 'string') {
    problem(at, `version ${jsonText(version)} is not a string`, 'Put the version in quotes.')
    return false
  }
  if (version === 'latest') {
    problem(at, 'version "latest" is not a version', 'Name the release: a moving tag deploys something else tomorrow.')
    return false
  }
  if (tag.test(version) || digest.test(version)) return true
  problem(
    at,
    `"${version}" is neither a tag nor a digest`,
    'Write a tag (letters, digits, "_", "." and "-") or sha256:<64 hex digits>.',
  )
  return false
}
