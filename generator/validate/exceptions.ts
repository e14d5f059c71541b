// Exceptions: findings that a team accepts, with a reason and perhaps until a day. They live in the model and nowhere else.
// Exceptions that no longer do anything, or may not exist, are findings themselves. The day comes from outside: this stays pure.

import { hint } from '../diagnostics/suggest.ts'
import type { Diagnostic, DiagnosticCode, SourceLocation } from '../diagnostics/diagnostic.ts'
import type { PolicyException } from '../model/profile.ts'

export interface ExceptionsVerdict {
  /** What still counts. */
  readonly kept: readonly Diagnostic[]
  /** What was accepted, and by which exception. */
  readonly excepted: readonly { readonly diagnostic: Diagnostic; readonly exception: PolicyException }[]
  /** What is wrong with the exceptions themselves. */
  readonly findings: readonly Diagnostic[]
}

export interface ExceptionsOptions {
  /** Where an exception is declared; an entry of the platform's `exceptions` where absent. */
  readonly at?: (exception: PolicyException, index: number) => SourceLocation
  /** Environments this run looked at; an exception for others cannot be called unused. All where absent. */
  readonly environments?: readonly string[]
  /** Environments there are, for "did you mean". */
  readonly known?: readonly string[]
  /** Whether the run looked at everything the platform has, what belongs to no environment included; it did where absent. */
  readonly complete?: boolean
  /** `Kind/name` of the objects the run looked at, for "did you mean". */
  readonly objects?: Iterable<string>
  /** Whether this run looked for a code at all (`--only`). Always where absent. */
  readonly ran?: (code: string) => boolean
  /** All codes there are, for "did you mean". */
  readonly codes?: Iterable<string>
}

/** Families that say what is broken rather than what is unwise: nobody can accept that on behalf of the API server. */
const neverExcepted: ReadonlySet<string> = new Set(['yaml', 'schema', 'kustomize', 'model'])

/**
 * Takes accepted findings out.
 * @param today ISO date of the run (2027-01-31); an exception no longer holds on its day of expiry
 */
export function applyExceptions(
  diagnostics: readonly Diagnostic[],
  exceptions: readonly PolicyException[],
  today: string,
  options: ExceptionsOptions = {},
): ExceptionsVerdict {
  const states = exceptions.map((exception, index) => ({
    exception,
    index,
    refusal: refusalOf(exception),
    expired: isExpired(exception, today),
    matches: matcher(exception),
    used: false,
  }))
  const kept: Diagnostic[] = []
  const excepted: { diagnostic: Diagnostic; exception: PolicyException }[] = []
  for (const diagnostic of diagnostics) {
    const matching = states.filter(state => state.refusal === undefined && state.matches(diagnostic))
    for (const state of matching) state.used = true
    const valid = matching.find(state => !state.expired)
    if (valid === undefined) kept.push(diagnostic)
    else excepted.push({ diagnostic, exception: valid.exception })
  }
  const findings = states.flatMap(state => {
    const problem = problemOf(state, options)
    if (problem === undefined) return []
    const at = (options.at ?? defaultPlace)(state.exception, state.index)
    return [{ ...problem, at }]
  })
  return { kept, excepted, findings }
}

interface State {
  readonly exception: PolicyException
  readonly refusal: string | undefined
  readonly expired: boolean
  readonly used: boolean
}

function problemOf(state: State, options: ExceptionsOptions): Omit<Diagnostic, 'at'> | undefined {
  const { exception, refusal, expired, used } = state
  const what = `"${exception.code}" for "${exception.object}"`
  if (refusal !== undefined) {
    return finding(
      'model/exception-not-allowed',
      'error',
      `the exception from ${what} ${refusal}`,
      'Remove the exception and fix what it was for.',
    )
  }
  if (expired) return expiryProblem(what, exception.expires ?? '', used)
  return idleProblem(what, state, options)
}

function expiryProblem(what: string, expires: string, used: boolean): Omit<Diagnostic, 'at'> {
  if (!isDate(expires)) {
    return finding(
      'model/expired-exception',
      'error',
      `the exception from ${what} expires on "${expires}", which is no date, so it does not hold`,
      'Write the first day on which it no longer holds as YYYY-MM-DD.',
    )
  }
  return finding(
    'model/expired-exception',
    'warning',
    `the exception from ${what} ended on "${expires}"${used ? '' : ', and matches nothing any more'}`,
    used ? 'Fix what it was for, or decide again and set a new date.' : 'Remove the exception.',
  )
}

/** An exception that accepts nothing, and will not. */
function idleProblem(
  what: string,
  { exception, used }: State,
  options: ExceptionsOptions,
): Omit<Diagnostic, 'at'> | undefined {
  const stranger = exception.environments?.find(name => options.known?.includes(name) === false)
  if (stranger !== undefined) {
    return finding(
      'model/unused-exception',
      'warning',
      `the exception from ${what} is for environment "${stranger}", which is not declared${hint(stranger, options.known ?? [])}`,
      'Correct the name of the environment, or remove the exception.',
    )
  }
  if (used || !couldBeUsed(exception, options)) return undefined
  const known = [...(options.codes ?? [])]
  const near =
    known.length === 0 || known.includes(exception.code) ? nearObject(exception, options) : hint(exception.code, known)
  return finding(
    'model/unused-exception',
    'warning',
    `the exception from ${what} matches no finding${near}`,
    'Remove the exception, or correct its code or object.',
  )
}

function finding(
  code: DiagnosticCode,
  severity: Diagnostic['severity'],
  message: string,
  help: string,
): Omit<Diagnostic, 'at'> {
  return { code, severity, message, help }
}

/** The object that was probably meant, where none that was looked at is called so. */
function nearObject(exception: PolicyException, { objects }: ExceptionsOptions): string {
  const known = [...new Set(objects)]
  const matches = objectMatcher(exception)
  const isThere = known.some(object =>
    matches(object.slice(0, object.indexOf('/')), object.slice(object.indexOf('/') + 1)),
  )
  return known.length === 0 || isThere ? '' : hint(exception.object, known)
}

/** An exception is unused only where the run looked at all that it may be for. */
function couldBeUsed({ code, environments }: PolicyException, options: ExceptionsOptions): boolean {
  if (options.ran?.(code) === false) return false
  const looked = options.environments
  if (environments === undefined) return options.complete !== false
  return looked === undefined || environments.every(name => looked.includes(name))
}

function refusalOf({ code, reason }: PolicyException): string | undefined {
  const family = code.split('/', 1)[0] ?? ''
  if (neverExcepted.has(family)) return `is not possible: findings of family "${family}" are not a matter of opinion`
  return reason.trim() === '' ? 'gives no reason' : undefined
}

/** ISO dates compare as text. What is no date holds no longer: an exception must not live for ever by a typing mistake. */
function isExpired({ expires }: PolicyException, today: string): boolean {
  if (expires === undefined) return false
  return !isDate(expires) || expires <= today
}

function isDate(text: string): boolean {
  return /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/.test(text)
}

function matcher(exception: PolicyException): (diagnostic: Diagnostic) => boolean {
  const { code, environments } = exception
  const matches = objectMatcher(exception)
  return diagnostic =>
    diagnostic.code === code &&
    matches(diagnostic.resource?.kind ?? '', diagnostic.resource?.name ?? '') &&
    (environments === undefined || environments.includes(diagnostic.environment ?? ''))
}

function objectMatcher({ object }: PolicyException): (kind: string, name: string) => boolean {
  const slash = object.indexOf('/')
  const kindPattern = pattern(slash < 0 ? object : object.slice(0, slash))
  const namePattern = pattern(slash < 0 ? '*' : object.slice(slash + 1))
  return (kind, name) => kindPattern.test(kind) && namePattern.test(name)
}

function pattern(glob: string): RegExp {
  const parts = glob.split('*').map(part => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`))
  return new RegExp(`^${parts.join('.*')}$`)
}

function defaultPlace(_exception: PolicyException, index: number): SourceLocation {
  return { file: 'generator/platform', document: 1, pointer: `/exceptions/${index}` }
}
