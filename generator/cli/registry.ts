// The commands, in the order the help lists them. A command that is not here does not exist; each is loaded only when it runs.

import type { Command } from './command.ts'

export interface CommandEntry {
  readonly name: string
  readonly summary: string
  readonly load: () => Promise<Command>
}

export const commands: readonly CommandEntry[] = [
  {
    name: 'generate',
    summary: 'write k8s/ and argocd/ from the platform, proven and validated',
    load: async () => (await import('./commands/generate.ts')).generate,
  },
  {
    name: 'build',
    summary: 'print what `kustomize build` prints for a directory',
    load: async () => (await import('./commands/build.ts')).build,
  },
  {
    name: 'validate',
    summary: 'hold manifests to schemas, API-server rules, references, policy, pod security and Argo CD',
    load: async () => (await import('./commands/validate.ts')).validate,
  },
  {
    name: 'trace',
    summary: 'show the base, patches and model entry that shaped an object or a field',
    load: async () => (await import('./commands/trace.ts')).trace,
  },
  {
    name: 'schemas',
    summary: 'list the kinds that can be validated, or add those of a CustomResourceDefinition',
    load: async () => (await import('./commands/schemas.ts')).schemas,
  },
  {
    name: 'hook',
    summary: 'install the pre-commit hook, or run it on what is staged',
    load: async () => (await import('./commands/hook.ts')).hook,
  },
  {
    name: 'rules',
    summary: "list the platform's own rules, or hold them to their fixtures",
    load: async () => (await import('./commands/rules.ts')).rules,
  },
  {
    name: 'explain',
    summary: 'print the page of a code: what it means, why, and how to fix it',
    load: async () => (await import('./commands/explain.ts')).explain,
  },
]
