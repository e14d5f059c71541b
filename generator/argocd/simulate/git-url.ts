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
