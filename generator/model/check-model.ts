// What is wrong with a declaration beyond what its types can stop: found before anything is generated.

import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { checkComponents } from './checks/check-components.ts'
import { checkEnvironments } from './checks/check-environments.ts'
import { checkShape } from './checks/check-shape.ts'
import { checkNames } from './checks/check-names.ts'
import { modelDiagnostic } from './model-finding.ts'
import type { Platform } from './platform.ts'
import { environmentNames, resolveBase, resolveEnvironment } from './resolve.ts'

/**
 * All `model/…` findings, each once: what the base already has is not repeated for every environment. A platform that has not
 * the declared shape gets findings about that alone.
 */
export function checkModel(platform: Platform): readonly Diagnostic[] {
  const misshapen = checkShape(platform)
  if (misshapen.length > 0) return misshapen.map(modelDiagnostic)
  const shared = [...checkNames(platform), ...checkEnvironments(platform), ...checkComponents(resolveBase(platform))]
  const perEnvironment = environmentNames(platform).flatMap(name => [
    ...checkComponents(resolveEnvironment(platform, name)),
  ])
  const seen = new Set<string>()
  return [...shared, ...perEnvironment].map(modelDiagnostic).filter(diagnostic => {
    const { file, line, pointer } = diagnostic.at
    const key = JSON.stringify([diagnostic.code, file, line, pointer, diagnostic.message])
    return !seen.has(key) && seen.add(key) !== undefined
  })
}
