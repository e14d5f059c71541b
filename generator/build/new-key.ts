// Keys that kustomize itself adds to maps: it writes them without quotes and reads them once more before it prints.

import type { SourceLocation } from '../diagnostics/diagnostic.ts'
import { kindOfPlain } from '../manifest/yaml/scalar-rules.ts'
import { refuse } from './build-fault.ts'

/**
 * Refuses a key that would come back as something else than text: `8080`, `true`, `1.5`, `<<` (kyaml/yaml/fns.go makes its node without
 * a tag; encoding/json then has no text for the key).
 */
export function requireTextKey(key: string, at?: SourceLocation): void {
  if (key === '' || (key !== '<<' && kindOfPlain(key, 'go-yaml-3') === 'string')) return
  refuse(
    'kustomize/unquoted-key',
    `kustomize adds the key "${key}" without quotes, and cannot read it as text afterwards`,
    {
      ...(at === undefined ? {} : { at }),
      help: 'Choose a key with a letter in it, or write the object with a quoted key into a file of "resources".',
    },
  )
}
