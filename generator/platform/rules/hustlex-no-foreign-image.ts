// What HustleX runs is built by HustleX, or one of the two servers it has reviewed.

import { containersOf, definePolicyRule, parseImage } from '@hustlex/gitops'

const reviewed = ['postgres', 'redis']

export const noForeignImage = definePolicyRule({
  code: 'policy/hustlex-no-foreign-image',
  severity: 'error',
  summary: 'Images are built by HustleX, or reviewed by it.',
  appliesTo: resource => containersOf(resource).length > 0,
  *check(resource) {
    for (const { name, image, at } of containersOf(resource)) {
      const { registry, repository = '' } = parseImage(image) ?? {}
      if (registry === undefined && (repository.startsWith('hustlex/') || reviewed.includes(repository))) continue
      yield {
        at,
        message: `container "${name}" runs "${image}", which HustleX neither builds nor has reviewed`,
        help: 'Build the image as hustlex/…, or have it reviewed and add it to the list in this rule.',
      }
    }
  },
})
