// Keys of maps that kustomize itself adds or writes anew (annotations always): it writes them without quotes and reads them once more
// before it prints.

import type { SourceLocation } from '../diagnostics/diagnostic.ts'
import { kindOfPlain } from '../manifest/yaml/scalar-rules.ts'
import { refuse } from './build-fault.ts'

/**
 * Refuses a key that would come back as something else than text: `8080`, `true`, `1.5`, `<<` (kyaml/yaml/fns.go makes its node without
 * a tag; encoding/json then has no text for the key), and the empty key, which it takes for none.
 */
export function requireTextKey(key: string, at?: SourceLocation): void {
  if (key !== '' && key !== '<<' && kindOfPlain(key, 'go-yaml-3') === 'string') return
  refuse(
    'kustomize/unquoted-key',
    `kustomize writes the key "${key}" without quotes, and cannot read it as text afterwards`,
    {
      ...(at === undefined ? {} : { at }),
      help: 'Choose a key with a letter in it. In a file of "resources" a quoted key stays as it is, but for annotations.',
    },
  )
}

/** The same for all keys of a map that is written anew. */
export function requireTextKeys(keys: Iterable<string>, at: SourceLocation): void {
  for (const key of keys) requireTextKey(key, at)
}
