// Ports that a container is told of: declaring ports is optional, and `--health-probe-bind-address=:8081` says as much.

import { asList, asMap, asString, type YamlMap } from '../../manifest/value.ts'

/** `redis://cache:6379`: the port of somebody else. An address in figures or variables may be the container's own. */
const elsewhere = /:\/\/(?:[^\s/@]*@)?(?!localhost:)[A-Za-z][\w.-]*:\d+/g

/** Whether the command line or a variable of the container holds the number, by itself and not in the URL of another host. */
export function mentionsPort(container: YamlMap, port: number): boolean {
  const number = new RegExp(`(?<![\\d.])${port}(?![\\w.])`)
  const words = [...asList(container['command']), ...asList(container['args'])]
  const values = asList(container['env']).map(entry => asMap(entry)['value'])
  return [...words, ...values].some(text => number.test((asString(text) ?? '').replaceAll(elsewhere, '')))
}
