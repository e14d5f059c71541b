// One kustomization directory: gathers its resources, generators and components, and runs its transformers over them.
// Follows api/internal/target/kusttarget.go.

import type { SourceLocation } from '../diagnostics/diagnostic.ts'
import { kubernetesSchema } from '../merge/merge-keys.ts'
import { pointer } from '../manifest/pointer.ts'
import { asMap, isList, isMap } from '../manifest/value.ts'
import { Accumulator } from './accumulator.ts'
import type { BuildContext, DirectoryBuild } from './build-context.ts'
import { BuildFault, placing, refuse } from './build-fault.ts'
import { BuildResource } from './build-resource.ts'
import { type FileLoader } from './file-loader.ts'
import { readAt } from './locate-source.ts'
import { joinOrigin } from './join-origin.ts'
import { checkKustomization } from './checks/check-kustomization.ts'
import { isComponent, type Kustomization } from './kustomization-file.ts'
import { readConfiguration, readCrdConfiguration } from './load-configurations.ts'
import { builtInVersion, furtherUse, schemaFrom, useOf } from './openapi-schema.ts'
import { adoptNotes, annotationsToText } from './notes.ts'
import type { Origin } from './origin-annotation.ts'
import { runGenerators, runTransformers, runValidators } from './pipeline.ts'
import type { LoadedKustomization } from './run.ts'
import { markVariables, addVariables, variableFrom } from './transform/resolve-variables.ts'
import { defaultConfig, emptyConfig, mergeConfigs, type TransformerConfig } from './transformer-config.ts'

export class KustomizationTarget implements DirectoryBuild {
  readonly context: BuildContext
  readonly loader: FileLoader
  readonly file: string
  readonly fields: Kustomization
  /** The names of the fields as they stand in the file. */
  readonly written: readonly string[]
  /** Where this directory stands, seen from the one the build started with; only while origins are reported. */
  readonly origin: Origin | undefined

  constructor(context: BuildContext, loader: FileLoader, loaded: LoadedKustomization, origin: Origin | undefined) {
    this.context = context
    this.loader = loader
    this.file = loaded.file
    this.fields = loaded.fields
    this.written = loaded.written
    this.origin = origin
  }

  /** A place in this directory's kustomization file. */
  at(...tokens: readonly (string | number)[]): SourceLocation {
    return { file: this.file, document: 1, pointer: pointer(...tokens) }
  }

  /** The place of an entry of `resources`, which `bases` are appended to. */
  atResource(index: number): SourceLocation {
    return this.at('resources', index)
  }

  accumulate(into: Accumulator): Accumulator {
    const { fields } = this
    into.resources.findings?.push(...checkKustomization(this.written, fields, this.at()))
    this.accumulateResources(into, fields.resources ?? [], index => this.atResource(index))
    into.config = mergeConfigs(into.config, this.#configurations())
    into.config = mergeConfigs(into.config, this.#crds())
    runGenerators(this, into)
    const gathered = this.#accumulateComponents(into)
    runTransformers(this, gathered)
    runValidators(this, gathered)
    const variables = (fields.vars ?? []).map((variable, index) => variableFrom(variable, this.at('vars', index)))
    placing(this.at('vars'), () => {
      markVariables(gathered.resources.all, variables)
      gathered.variables = addVariables(gathered.variables, variables)
    })
    return gathered
  }

  /** Adds what each path leads to: a file of objects, or another kustomization directory. */
  accumulateResources(into: Accumulator, paths: readonly string[], at: (index: number) => SourceLocation): void {
    for (const [index, path] of paths.entries()) {
      placing(at(index), () => {
        if (this.loader.isFile(path)) this.#accumulateFile(into, path)
        else into.merge(this.#accumulateDirectory(path, 'Kustomization', new Accumulator(this.context), at(index)))
      })
    }
  }

  #accumulateFile(into: Accumulator, path: string): void {
    const file = this.loader.resolve(path)
    const resources = this.context.run
      .objects(file)
      .map(({ object, readFrom }) => adoptNotes(new BuildResource(object, readFrom, true)))
    this.#noteKinds(resources)
    if (this.context.tracking) {
      for (const resource of resources) {
        resource.edit()
        into.resources.observe([resource], readAt(resource.readFrom))
      }
    }
    if (this.origin !== undefined) {
      const origin = { path: joinOrigin(this.origin.path, path) }
      for (const resource of resources) {
        resource.memory.origin = origin
        const metadata = asMap(resource.object['metadata'])
        if (!Object.hasOwn(metadata, 'annotations')) continue
        refuseOtherAnnotations(metadata['annotations'], resource.readFrom)
        annotationsToText(resource)
      }
    }
    into.resources.append(resources)
  }

  /** Kinds the build does not know by heart have the built-in schema read, after the one of a later `openapi`. */
  #noteKinds(resources: readonly BuildResource[]): void {
    const { schemaIsSet, schemaUse } = this.context
    if (schemaIsSet || schemaUse.here !== 'unread') return
    this.context.schemaUse = { ...schemaUse, here: useOf(resources.map(({ object }) => object)) }
  }

  #accumulateComponents(into: Accumulator): Accumulator {
    let gathered = into
    for (const [index, path] of (this.fields.components ?? []).entries()) {
      const at = this.at('components', index)
      gathered = placing(at, () => {
        if (this.loader.isFile(path)) {
          refuse('kustomize/component', `"${path}" is a file, a component is a directory`, {
            help: 'Name the directory that has the component’s kustomization.yaml.',
          })
        }
        return this.#accumulateDirectory(path, 'Component', gathered, at)
      })
    }
    return gathered
  }

  #accumulateDirectory(
    path: string,
    wanted: 'Kustomization' | 'Component',
    into: Accumulator,
    at: SourceLocation,
  ): Accumulator {
    const loader = this.loader.descend(path)
    try {
      const origin = this.origin === undefined ? undefined : { path: joinOrigin(this.origin.path, path) }
      const target = new KustomizationTarget(this.context, loader, this.context.run.kustomization(loader), origin)
      target.setSchema()
      target.#refuseOtherThan(wanted)
      return wanted === 'Component' ? target.accumulate(into) : target.accumulateShared()
    } catch (error) {
      if (error instanceof BuildFault) error.related.push({ at, note: `"${loader.root || '.'}" is used here` })
      throw error
    }
  }

  #refuseOtherThan(wanted: 'Kustomization' | 'Component'): void {
    if (wanted === 'Component' && !isComponent(this.fields)) {
      refuse('kustomize/component', `"${this.loader.root}" is a Kustomization, a Component is wanted here`, {
        help: 'List it under "resources", or write "kind: Component" in it.',
      })
    }
    if (wanted === 'Kustomization' && isComponent(this.fields)) {
      refuse('kustomize/component', `"${this.loader.root}" is a Component, which cannot be a resource`, {
        help: 'List it under "components".',
      })
    }
  }

  /** What this directory gathers on its own; built once per run for all that use it in the same way. */
  accumulateShared(): Accumulator {
    const { run, restrictor, checks, schemaIsSet } = this.context
    if (this.origin !== undefined || schemaIsSet || this.context.tracking)
      return this.accumulate(new Accumulator(this.context))
    const key = `${restrictor} ${String(checks)} ${this.loader.root}`
    const { before, here } = this.context.schemaUse
    let known = run.accumulated.get(key)
    if (known === undefined) {
      this.context.schemaUse = { before: furtherUse(before, here), here: 'unread' }
      known = this.accumulate(new Accumulator(this.context))
      if (this.context.schemaIsSet) return known
      known.schemaUse = this.context.schemaUse.here
      run.accumulated.set(key, known)
    }
    this.context.schemaUse = { before, here: furtherUse(here, known.schemaUse) }
    return known.fork()
  }

  /** The first directory with `openapi` decides for the whole build. */
  setSchema(): void {
    const { openapi } = this.fields
    if (openapi === undefined || this.context.schemaIsSet) return
    const { path, version } = openapi
    const code = 'kustomize/openapi'
    if (path !== undefined) {
      if (version !== undefined) {
        refuse(code, 'builtin version and custom schema provided, cannot use both', { at: this.at('openapi') })
      }
      const file = placing(this.at('openapi', 'path'), () => this.loader.resolve(path))
      const { before, here } = this.context.schemaUse
      this.context.schema = schemaFrom(this.context.run.data(file), furtherUse(before, here))
      this.context.schemaIsSet = true
    } else if (version !== undefined && version !== '') {
      if (version !== builtInVersion) {
        refuse(code, `the OpenAPI version "${version}" is not built in, allowed: ${builtInVersion}`, {
          at: this.at('openapi', 'version'),
          help: 'Remove "openapi", or give a schema file with "path".',
        })
      }
      this.context.schema = kubernetesSchema
      this.context.schemaIsSet = true
    }
  }

  #configurations(): TransformerConfig {
    const paths = this.fields.configurations ?? []
    const added = paths.reduce((config, path, index) => {
      const file = placing(this.at('configurations', index), () => this.loader.resolve(path))
      return mergeConfigs(config, readConfiguration(this.context.run.data(file), { file, document: 1, pointer: '' }))
    }, emptyConfig)
    return placing(this.at('configurations'), () => mergeConfigs(defaultConfig, added))
  }

  #crds(): TransformerConfig {
    return (this.fields.crds ?? []).reduce((config, path, index) => {
      const file = placing(this.at('crds', index), () => this.loader.resolve(path))
      return mergeConfigs(config, readCrdConfiguration(this.context.run.data(file), { file, document: 1, pointer: '' }))
    }, emptyConfig)
  }
}

/** Reports of where objects come from are annotations, which text and numbers have no place for. */
function refuseOtherAnnotations(annotations: unknown, at: SourceLocation): void {
  const other = isList(annotations)
    ? annotations.length === 0
    : annotations !== null && annotations !== undefined && !isMap(annotations)
  if (other) refuse('kustomize/not-an-object', 'the annotations are not a map', { at, help: 'Write a map.' })
}
