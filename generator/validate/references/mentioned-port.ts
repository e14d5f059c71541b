// Ports that a container is told of: declaring ports is optional, and `--health-probe-bind-address=:8081` says as much.

import { asList, asMap, asString, type YamlMap } from '../../manifest/value.ts'

/** Whether the command line or a variable of the container holds the number. */
export function mentionsPort(container: YamlMap, port: number): boolean {
  const number = new RegExp(`(?<![\\d.])${port}(?![\\d.])`)
  const words = [...asList(container['command']), ...asList(container['args'])]
  const values = asList(container['env']).map(entry => asMap(entry)['value'])
  return [...words, ...values].some(text => number.test(asString(text) ?? ''))
}
