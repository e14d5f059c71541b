// Labels of a Namespace that the Pod Security admission plugin cannot read: it refuses to create the Namespace, and treats an
// existing one as restricted (pod-security-admission/api/helpers.go).

import { hint } from '../../diagnostics/suggest.ts'
import { pointer } from '../../manifest/pointer.ts'
import { asMap } from '../../manifest/value.ts'
import type { Rule } from '../rule.ts'
import { podSecurityModes, podSecurityPrefix } from './pod-security-demands.ts'
import { parsePolicyVersion } from './policy-version.ts'

const levels = ['privileged', 'baseline', 'restricted']

export const namespaceLabels: Rule = {
  code: 'pod-security/namespace-labels',
  severity: 'error',
  summary: 'Pod Security labels of a Namespace name a known level and a version.',
  kinds: ['Namespace'],
  appliesTo: ({ kind, apiVersion }) => kind === 'Namespace' && apiVersion === 'v1',
  *check(resource) {
    const labels = asMap(asMap(resource.object['metadata'])['labels'])
    for (const [label, written] of Object.entries(labels)) {
      // A label without a value is an empty one, and as wrong.
      const value = written === null ? '' : written
      if (!label.startsWith(podSecurityPrefix) || typeof value !== 'string') continue
      const at = { resource, pointer: pointer('metadata', 'labels', label) }
      const name = label.slice(podSecurityPrefix.length)
      const modes: readonly string[] = podSecurityModes.map(([mode]) => mode)
      if (modes.includes(name)) {
        if (levels.includes(value)) continue
        yield {
          at,
          message: `unknown Pod Security level "${value}"${hint(value, levels)}`,
          help: 'Use privileged, baseline or restricted.',
        }
      } else if (modes.includes(name.replace(/-version$/, '')) && name.endsWith('-version')) {
        if (parsePolicyVersion(value) !== undefined) continue
        yield { at, message: `"${value}" is not a Pod Security version`, help: 'Use latest, or a version like v1.34.' }
      } else {
        const names = modes.flatMap(mode => [mode, `${mode}-version`])
        yield {
          at: { ...at, on: 'key' },
          severity: 'warning',
          message: `unknown Pod Security label "${label}"${hint(name, names)}`,
          help: 'Kubernetes ignores this label: correct or remove it.',
        }
      }
    }
  },
}
