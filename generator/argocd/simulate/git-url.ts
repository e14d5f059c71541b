// When Argo CD holds two repository URLs for the same: util/git/git.go, NormalizeGitURL.

import { printedUrl } from './go-url.ts'

const sshUrl = /^(ssh:\/\/)?([^/:]*?)@[^@]+$/

/** Lower case, no `.git`, ssh forms brought together; '' for what is no URL. */
export function normalizeGitUrl(url: string): string {
  let repo = url.trim().toLowerCase()
  if (sshUrl.test(repo) && !repo.startsWith('ssh://')) repo = `ssh://${repo.replace(':', '/')}`
  return (printedUrl(repo.replace(/\.git$/, '')) ?? '').replace(/^ssh:\/\//, '')
}

/** Whether two URLs name one repository. */
export function isSameRepository(left: string, right: string): boolean {
  const normalized = normalizeGitUrl(left)
  return normalized !== '' && normalized === normalizeGitUrl(right)
}

/**
 * Whether two URLs lead to one repository by whatever way: a checkout is mostly cloned by ssh, and its Applications name https.
 * Argo CD itself tells these apart (in sourceRepos, say); where its files are to be found they are the same.
 */
export function leadsToSameRepository(left: string, right: string): boolean {
  const place = placeOf(left)
  return isSameRepository(left, right) || (place !== undefined && place === placeOf(right))
}

/** Whether a URL leads to this repository, by the URLs it is known under; unknown where there are none. Later URLs are taken when needed. */
export function whereIs(repoURL: string, ours: Iterable<string>): 'here' | 'elsewhere' | 'unknown' {
  let answer: 'elsewhere' | 'unknown' = 'unknown'
  for (const url of ours) {
    if (leadsToSameRepository(url, repoURL)) return 'here'
    answer = 'elsewhere'
  }
  return answer
}

/** Host and path; undefined for what has no host, such as a directory. */
function placeOf(url: string): string | undefined {
  const [, host, path] =
    /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^@/]*@)?([^:/@]+\.[^:/@]+)(?::\d+)?\/+(.+?)\/*$/.exec(normalizeGitUrl(url)) ?? []
  return host === undefined || path === undefined ? undefined : `${host}/${path}`
}
