// The facts to check against where no platform declares them: strict, as for production, unless the path says otherwise.

import { posix } from 'node:path'
import type { Profile } from '../model/profile.ts'
import { kubernetesVersions, minorVersion, versionProblem } from '../validate/schema/versions.ts'
import { UsageError, type OptionTable, type ParsedArguments } from './command.ts'

/** The Kubernetes version to check against where nobody names one. */
export const defaultKubernetes = '1.34'

const notProduction =
  /(^|[-_./])(dev|devel|development|test|testing|staging|stage|qa|uat|preview|sandbox|local|ci)([-_./]|$)/i

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
}

/** The profile of a directory (or of files: '.') that no platform declares. */
export function undeclaredProfile(directory: string): Profile {
  const parent = posix.basename(posix.dirname(directory))
  const named = /^(overlays?|environments?|envs?|clusters?)$/i.test(parent)
  return {
    ...(named ? { environment: posix.basename(directory) } : {}),
    production: !notProduction.test(directory),
    kubernetes: [defaultKubernetes],
  }
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
