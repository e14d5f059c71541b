// The facts to check against where no platform declares them. The path may say what it is about; where it does not, everything that
// production demands is reported, as a warning where nothing breaks.

import { posix } from 'node:path'
import type { Profile } from '../model/profile.ts'
import { kubernetesVersions, minorVersion, versionProblem } from '../validate/schema/versions.ts'
import { UsageError, type OptionTable, type ParsedArguments } from './command.ts'

/** The Kubernetes version to check against where nobody names one. */
export const defaultKubernetes = '1.34'

/** Words of a path that say what an environment is for, in the order they count: `non-prod` is not production. */
const purposes: readonly (readonly [words: RegExp, production: boolean])[] = [
  [/(^|[-_./])(non-?prod|non-?production|pre-?prod|pre-?production)([-_./]|$)/i, false],
  [
    /(^|[-_./])(dev|devel|development|test|testing|tests|staging|stage|stg|qa|uat|int|integration|preview|sandbox|demo|local|ci|e2e)([-_./]|$)/i,
    false,
  ],
  [/(^|[-_./])(production|prod|prd|live)([-_./]|$)/i, true],
]

/** Options that change the facts a check is made against. */
export const profileOptions: OptionTable = {
  kubernetes: {
    type: 'string',
    value: 'VERSION',
    multiple: true,
    about: `Kubernetes versions to hold objects to (${kubernetesVersions[0]} to ${kubernetesVersions.at(-1)}); the platform's where absent, else ${defaultKubernetes}`,
  },
  'pod-security': {
    type: 'string',
    value: 'STANDARD',
    about: 'hold every pod to this standard at least, whatever its namespace says',
    allowed: ['privileged', 'baseline', 'restricted'],
  },
  production: {
    type: 'boolean',
    about: 'what no platform declares is production, whatever its path says: practice is demanded, not advised',
  },
}

/** The profile of a directory (or of files: '.') that no platform declares. */
export function undeclaredProfile(directory: string): Profile {
  const parent = posix.basename(posix.dirname(directory))
  const named = /^(overlays?|environments?|envs?|clusters?)$/i.test(parent)
  const purpose = purposes.find(([words]) => words.test(directory))
  return {
    ...(named ? { environment: posix.basename(directory) } : {}),
    production: purpose?.[1] ?? true,
    ...(purpose === undefined ? { assumed: true } : {}),
    kubernetes: [defaultKubernetes],
  }
}

/** The profile of a directory that nobody declares, as the command line wants it taken. */
export function undeclaredProfileFor(directory: string, args: ParsedArguments): Profile {
  const { assumed, ...profile } = undeclaredProfile(directory)
  if (args.flag('production')) return { ...profile, production: true }
  return assumed === undefined ? profile : { ...profile, assumed }
}

/** A profile with what the command line says on top. */
export function withOptions(profile: Profile, args: ParsedArguments): Profile {
  const kubernetes = args.list('kubernetes')
  for (const version of kubernetes) {
    const problem = versionProblem(version)
    if (problem !== undefined) throw new UsageError(problem)
  }
  const podSecurity = args.text('pod-security') as Profile['podSecurity']
  return {
    ...profile,
    ...(kubernetes.length === 0 ? {} : { kubernetes: [...new Set(kubernetes.map(minorVersion))] }),
    ...(podSecurity === undefined ? {} : { podSecurity }),
  }
}
