// A report in the format asked for, on standard output, and the exit code it stands for.

import type { Report } from '../report/report.ts'
import type { OptionSpec, ParsedArguments } from './command.ts'
import { CLEAN, FINDINGS, type ExitCode } from './exit-code.ts'
import { wantsColour, type World } from './world.ts'

export const formats = ['text', 'json', 'sarif', 'junit', 'github', 'markdown'] as const
export type Format = (typeof formats)[number]

export const formatOption: OptionSpec = {
  type: 'string',
  value: 'FORMAT',
  about: 'how the report is written; text where absent',
  allowed: formats,
}

/**
 * Prints a report; the exit code is 1 where it holds errors.
 * @param ownPages pages of own rules by code, read where the format shows pages
 */
export async function printReport(
  report: Report,
  args: ParsedArguments,
  world: World,
  ownPages: () => ReadonlyMap<string, string> = () => new Map(),
): Promise<ExitCode> {
  const format = (args.text('format') ?? 'text') as Format
  world.stdout.write(await formatted(report, format, args, { world, ownPages }))
  if (format === 'text' && args.flag('quiet') && report.summary.errors === 0) world.stderr.write(unchecked(report))
  return report.summary.errors > 0 ? FINDINGS : CLEAN
}

/** A quiet run that is clean says nothing but this: what was left unchecked is never passed over. */
function unchecked({ notChecked, skipped }: Report): string {
  const count = notChecked.length + skipped.length
  return count === 0 ? '' : `not checked: ${count} ${count === 1 ? 'thing' : 'things'}, listed without --quiet\n`
}

interface Surroundings {
  readonly world: World
  readonly ownPages: () => ReadonlyMap<string, string>
}

async function formatted(
  report: Report,
  format: Format,
  args: ParsedArguments,
  { world, ownPages }: Surroundings,
): Promise<string> {
  switch (format) {
    case 'text': {
      const { formatText } = await import('../report/format-text.ts')
      const colour = wantsColour(world.stdout, world.env, args.flag('no-color'))
      return formatText(report, { colour, quiet: args.flag('quiet') })
    }
    case 'json':
      return (await import('../report/format-json.ts')).formatJson(report)
    case 'sarif': {
      const { formatSarif } = await import('../report/format-sarif.ts')
      const { readPackageVersion } = await import('../io/read-package.ts')
      const { readPages } = await import('../io/read-pages.ts')
      return formatSarif(report, {
        toolVersion: readPackageVersion(world.packageRoot),
        pages: new Map([...readPages(world.packageRoot), ...ownPages()]),
      })
    }
    case 'junit':
      return (await import('../report/format-junit.ts')).formatJunit(report)
    case 'github':
      return (await import('../report/format-github.ts')).formatGithub(report)
    case 'markdown':
      return (await import('../report/format-markdown.ts')).formatMarkdown(report)
  }
}
