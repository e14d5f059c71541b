// R5: a Secret that a pod needs is neither rendered nor produced (https://kubernetes.io/docs/concepts/configuration/secret/).

import { danglingRule } from '../dangling-rule.ts'

export const danglingSecret = danglingRule({
  code: 'reference/dangling-secret',
  summary: 'Every Secret that is named, and not optional, is rendered, produced by a controller, or declared.',
  help: 'Add an ExternalSecret or SealedSecret that makes it, correct its name, or declare it among externalObjects.',
  concerns: ({ kind }) => kind === 'Secret',
})
