// A moving tag means that nobody can say which program runs, and that a rollback changes nothing.

import { imageName, parseImage } from '../../../manifest/image.ts'
import { child } from '../../../manifest/pointer.ts'
import { answeredOnce } from '../../../manifest/shared-text.ts'
import { asList, asMap, asString } from '../../../manifest/value.ts'
import type { Place } from '../../../manifest/resource.ts'
import type { Finding } from '../../rule.ts'
import { definePolicyRule } from '../define-policy-rule.ts'
import { containersIn, hasPod, podKinds, podOf } from '../pods.ts'

const movingTag =
  /^(?:latest|stable|main|master|trunk|head|develop|development|dev|edge|nightly|canary|testing|test|staging|preview|production|prod|current|release|rolling|lts|next|snapshot)$|[-.]latest$|^latest[-.]/i

/** Accident class W18: https://kubernetes.io/docs/concepts/containers/images/#image-names */
export const noLatestTag = definePolicyRule({
  code: 'policy/no-latest-tag',
  severity: 'error',
  summary: 'Container images name a version or a digest, never a moving tag.',
  kinds: podKinds,
  appliesTo: hasPod,
  *check(resource, { profile }) {
    for (const { name, image, at } of containersIn(resource)) {
      if (image !== '') yield* checkImage(`container "${name}"`, image, at, profile.production)
    }
    const pod = podOf(resource)
    for (const [index, volume] of asList(pod?.spec['volumes']).entries()) {
      const image = asString(asMap(asMap(volume)['image'])['reference'])
      if (pod === undefined || image === undefined) continue
      const at = { resource, pointer: child(pod.specPointer, 'volumes', index, 'image', 'reference') }
      yield* checkImage(`volume "${asString(asMap(volume)['name']) ?? ''}"`, image, at, profile.production)
    }
  },
})

function* checkImage(where: string, image: string, at: Place, production: boolean): Iterable<Finding> {
  const tag = tagOf(image)
  if (tag === undefined) return
  const help = 'Name a version tag or a sha256 digest, so that every sync deploys the same image.'
  if (tag === '') {
    yield { at, message: `${where} names no version: "${image}" means "latest"`, help }
  } else if (isMoving(tag)) {
    const latest = tag === 'latest'
    yield {
      at,
      ...(latest || production ? {} : { severity: 'warning' as const }),
      message: `${where} runs a moving tag: "${image}"`,
      help,
    }
  }
}

/** Variants without a version (`alpine`, `stable-slim`) move as well; a commit may have no digit, and `${TAG}` is filled in later. */
function isMoving(tag: string): boolean {
  return movingTag.test(tag) || (/^[A-Za-z_.-]+$/.test(tag) && !/^[a-f]{7,40}$/.test(tag))
}

/** The tag an image names, '' for none; undefined where it names a digest. Environments run the same few images over and over. */
const tagOf = answeredOnce((image): string | undefined => {
  const parsed = parseImage(image)
  const pinned = parsed?.digest !== undefined || image.includes('@sha256:')
  const tag = parsed?.tag ?? (parsed === undefined ? image.slice(imageName(image).length + 1) : '')
  return pinned ? undefined : tag
})
