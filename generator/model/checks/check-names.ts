// Names that become names of Kubernetes objects: valid, unique, and short enough for what is derived from them.

import { hint } from '../../diagnostics/suggest.ts'
import { dns1035LabelFault, dns1123LabelFault } from '../../manifest/names.ts'
import type { Component } from '../component.ts'
import type { ModelFinding } from '../model-finding.ts'
import { objectName } from '../object-names.ts'
import type { Platform } from '../platform.ts'
import { environmentNames } from '../resolve.ts'

/** CronJob names leave room for the suffix of their Jobs: 52 characters. */
const longestCronJobName = 52

export function* checkNames(platform: Platform): Iterable<ModelFinding> {
  const root = { site: platform.site, path: [] }
  const fault = dns1035LabelFault(platform.name)
  if (fault !== undefined) yield invalidName(root, `platform name "${platform.name}"`, fault)
  for (const component of platform.settings.components) yield* checkComponentName(platform, component)
  for (const name of environmentNames(platform)) {
    const entry = { site: platform.site, path: ['environments', name] }
    const nameFault = dns1123LabelFault(name)
    if (nameFault !== undefined) yield invalidName(entry, `environment name "${name}"`, nameFault)
    const { namespace } = platform.settings.environments[name] ?? { namespace: '' }
    const namespaceFault = dns1123LabelFault(namespace)
    if (namespaceFault !== undefined) {
      yield invalidName({ ...entry, path: [...entry.path, 'namespace'] }, `namespace "${namespace}"`, namespaceFault)
    }
  }
  yield* checkUnique(platform)
}

function* checkComponentName(platform: Platform, component: Component): Iterable<ModelFinding> {
  const entry = { site: component.site, path: [] }
  const name = objectName(platform.name, component)
  const fault = dns1035LabelFault(component.name) ?? dns1035LabelFault(name)
  if (fault !== undefined) yield invalidName(entry, `component name "${component.name}"`, fault)
  if (component.type === 'cron-job' && name.length > longestCronJobName) {
    yield invalidName(entry, `name "${name}"`, `a CronJob's name may have ${longestCronJobName} characters`)
  }
}

function invalidName(entry: ModelFinding['entry'], what: string, fault: string): ModelFinding {
  return {
    entry,
    code: 'model/invalid-name',
    message: `${what} cannot name Kubernetes objects: ${fault}`,
    help: 'Use lower case letters, digits and dashes, starting with a letter.',
  }
}

function* checkUnique(platform: Platform): Iterable<ModelFinding> {
  const { components } = platform.settings
  const names = components.map(component => component.name)
  for (const [index, component] of components.entries()) {
    if (names.indexOf(component.name) === index) continue
    yield {
      entry: { site: component.site, path: [] },
      code: 'model/duplicate-name',
      message: `two components are named "${component.name}"`,
      help: 'Give each component a name of its own.',
    }
  }
  const declared = new Set<Component>(components)
  for (const component of components) {
    for (const used of 'uses' in component.settings ? (component.settings.uses ?? []) : []) {
      if (declared.has(used) || names.includes(used.name)) continue
      yield {
        entry: { site: component.site, path: ['uses'] },
        code: 'model/unknown-component',
        message: `"${component.name}" uses "${used.name}", which is not among the platform's components${hint(used.name, names)}`,
        help: 'Add it to `components`, or remove it from `uses`.',
      }
    }
  }
}
