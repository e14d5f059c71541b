// Which file declares the platform: what package.json says under `gitops.platform`, else the only TypeScript file of
// `generator/platform/`.

import type { Checkout } from './checkout.ts'
import { unreadable } from './unreadable-input.ts'

export const platformFolder = 'generator/platform'

/** The platform's file, or undefined where the repository declares none. */
export function findPlatform({ tree, filesUnder }: Checkout): string | undefined {
  const named = namedInPackage(tree.get('package.json'))
  if (named !== undefined) {
    if (tree.has(named)) return named
    throw unreadable(
      'model/no-platform',
      'package.json',
      `package.json names the platform "${named}", which is not there`,
      'Correct "gitops.platform" in package.json.',
    )
  }
  const candidates = filesUnder(platformFolder).filter(
    path => /^[^/]+\.ts$/.test(path.slice(platformFolder.length + 1)) && !/\.(d|test)\.ts$/.test(path),
  )
  if (candidates.length <= 1) return candidates[0]
  throw unreadable(
    'model/no-platform',
    platformFolder,
    `${candidates.length} files could declare the platform: ${candidates.join(', ')}`,
    'Name the one that does as "gitops.platform" in package.json.',
  )
}

function namedInPackage(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  try {
    const { gitops } = JSON.parse(text) as { gitops?: { platform?: unknown } }
    return typeof gitops?.platform === 'string' ? gitops.platform.replace(/^\.\//, '') : undefined
  } catch {
    return undefined
  }
}
