// The sync windows of a project: whether Argo CD can read them, and what they mean for whom they select.

import { pointer } from '../../manifest/pointer.ts'
import type { Place, Resource } from '../../manifest/resource.ts'
import { asList, asMap, asString, isMap, type YamlMap, type YamlValue } from '../../manifest/value.ts'
import { parseCron } from '../../argocd/simulate/cron.ts'
import { parseDuration } from '../../manifest/duration.ts'
import { isAppProject } from '../../argocd/simulate/read-argocd.ts'
import { isTimeZone, nextOpening, windowView } from '../../argocd/simulate/sync-windows.ts'
import type { Finding, Rule } from '../rule.ts'
import { projectKinds } from './argo-kinds.ts'
import { isProduction } from './is-production.ts'

function specOf(resource: Resource): YamlMap {
  return asMap(resource.object['spec'])
}

function field(resource: Resource, ...tokens: readonly (string | number)[]): Place {
  return { resource, pointer: pointer('spec', ...tokens) }
}

/** Any time will do to ask whether a window ever opens: 1 January 2026. */
const reference = 1_767_225_600_000

export const syncWindow: Rule = {
  code: 'argocd/sync-window',
  severity: 'error',
  summary: 'Sync windows can be read, select something, and open and close.',
  kinds: projectKinds,
  appliesTo: isAppProject,
  *check(resource) {
    for (const [index, value] of asList(specOf(resource)['syncWindows']).entries()) {
      if (!isMap(value)) continue
      for (const { field: name, ...finding } of windowMistakes(value)) {
        yield { at: field(resource, 'syncWindows', index, ...(name === undefined ? [] : [name])), ...finding }
      }
    }
  },
}

type WindowMistake = Omit<Finding, 'at'> & { readonly field?: string }

function windowMistakes(window: YamlMap): readonly WindowMistake[] {
  const schedule = asString(window['schedule']) ?? ''
  const duration = asString(window['duration']) ?? ''
  const kind = asString(window['kind']) ?? ''
  const zone = asString(window['timeZone'])
  const cron = parseCron(schedule)
  const mistakes: readonly (WindowMistake | undefined)[] = [
    kind === 'allow' || kind === 'deny'
      ? undefined
      : { field: 'kind', message: `kind "${kind}" is neither allow nor deny`, help: 'Write allow or deny.' },
    typeof cron === 'string'
      ? {
          field: 'schedule',
          message: `the schedule "${schedule}" ${cron}`,
          help: 'Write five fields: minute, hour, day of the month, month, day of the week.',
        }
      : undefined,
    parseDuration(duration) === undefined
      ? {
          field: 'duration',
          message: `"${duration}" is no duration`,
          help: 'Write hours, minutes and seconds, such as 1h30m; there are no days.',
        }
      : undefined,
    zone !== undefined && !isTimeZone(zone)
      ? {
          field: 'timeZone',
          message: `time zone "${zone}" is unknown, so Argo CD uses UTC`,
          help: 'Write a zone of the IANA list, such as Europe/Berlin.',
        }
      : undefined,
    selects(window)
      ? undefined
      : {
          message: 'the window selects nothing, so it has no effect',
          help: 'Set applications, namespaces or clusters.',
        },
    neverChanges(window),
  ]
  return mistakes.flatMap(mistake => mistake ?? [])
}

function selects(window: YamlMap): boolean {
  return ['applications', 'namespaces', 'clusters'].some(name => asList(window[name]).length > 0)
}

function neverChanges(value: YamlValue): WindowMistake | undefined {
  const window = windowView(value, '')
  if (window === undefined || (window.kind !== 'allow' && window.kind !== 'deny')) return undefined
  if (nextOpening([window], reference) !== undefined) return undefined
  return window.kind === 'allow'
    ? {
        field: 'schedule',
        message: `the allow window "${window.schedule}" never opens, so nothing it selects is ever synced`,
        help: 'Correct the schedule, or remove the window.',
      }
    : {
        field: 'duration',
        message: `the deny window "${window.schedule}" begins again before its ${asString(asMap(value)['duration']) ?? ''} are over, so nothing it selects is ever synced`,
        help: 'Shorten the duration, or remove the window.',
      }
}

export const productionWindow: Rule = {
  code: 'argocd/production-window',
  severity: 'info',
  summary: 'Whoever reviews an allow window is told that it closes all other hours.',
  kinds: projectKinds,
  appliesTo: resource => isAppProject(resource) && isProduction(resource),
  *check(resource) {
    for (const [index, value] of asList(specOf(resource)['syncWindows']).entries()) {
      const window = windowView(value, '')
      if (window?.kind !== 'allow') continue
      const zone = window.timeZone === '' ? 'UTC' : window.timeZone
      yield {
        at: field(resource, 'syncWindows', index),
        message: `what this window selects is synced only from "${window.schedule}" (${zone}) for ${asString(window.object['duration']) ?? ''}, and at no other time${window.manualSync ? ' but by hand' : ', not even by hand'}`,
        help: 'Keep it if that is meant; set manualSync for emergencies.',
      }
    }
  },
}
