// A small repository with a platform and rules of its own: what a team has that uses this tool as a package.

import { directoryWith } from './temporary-directory.ts'

const platform = (rules: string, more: string): string => `import { http, platform, service } from '@hustlex/gitops'
import { own } from './rules/shop-no-x.ts'

const web = service('web', {
  image: 'registry.example/shop/web',
  port: 8080,
  replicas: 3,
  resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '500m', memory: '512Mi' } },
  probes: {
    liveness: http('/live', { delay: 10, period: 10 }),
    readiness: http('/ready', { delay: 5, period: 5 }),
  },
})

export default platform('shop', {
  repository: 'https://example.com/shop/gitops.git',
  kubernetes: '1.34',
  components: [web],
  clusters: { main: { server: 'https://kubernetes.default.svc' } },
  rules: ${rules},${more}
  environments: {
    staging: { namespace: 'shop-staging', revision: 'refs/heads/main' },
    production: { namespace: 'shop', revision: 'refs/tags/v1.0.0' },
  },
})
`

/** A rule module; \`check\` is the body of the rule's generator. */
const module = (check: string): string => `import { containersOf, definePolicyRule } from '@hustlex/gitops'

export const own = definePolicyRule({
  code: 'policy/shop-no-x',
  severity: { production: 'error', elsewhere: 'warning' },
  summary: 'There is no x.',
  appliesTo: resource => resource.kind === 'Deployment',
  *check(resource) {
    ${check}
  },
})
`

export const findsEveryContainer =
  'for (const { name, at } of containersOf(resource)) yield { at, message: `container "${name}" is x`, help: \'No x.\' }'
export const findsNothing =
  'if (containersOf(resource).length > 99) yield { at: { resource, pointer: "" }, message: "x" }'

export interface Shop {
  /** Body of the rule's check. */
  readonly check?: string
  /** The platform's `rules`, as text. */
  readonly rules?: string
  /** Further settings of the platform, as text. */
  readonly more?: string
}

/** Without k8s/ and argocd/: generate them. */
export function shopDirectory({ check = findsEveryContainer, rules = '[own]', more = '' }: Shop = {}): string {
  return directoryWith({
    'package.json': '{ "type": "module" }\n',
    '.git/HEAD': 'ref: refs/heads/main\n',
    ...shopFiles({ check, rules, more }),
  })
}

export function shopFiles({ check = findsEveryContainer, rules = '[own]', more = '' }: Shop): Record<string, string> {
  return {
    'generator/platform/shop.ts': platform(rules, more),
    'generator/platform/rules/shop-no-x.ts': module(check),
    'generator/platform/releases.yaml': ['staging', 'production']
      .map(name => `${name}:\n  registry.example/shop/web: 1.0.0\n`)
      .join(''),
  }
}
