// When Argo CD holds two repository URLs for the same: util/git/git.go, NormalizeGitURL.

const sshUrl = /^(ssh:\/\/)?([^/:]*?)@[^@]+$/

/** Lower case, no `.git`, ssh forms brought together; '' for what is no URL. */
export function normalizeGitUrl(url: string): string {
  let repo = url.trim().toLowerCase()
  if (sshUrl.test(repo) && !repo.startsWith('ssh://')) repo = `ssh://${repo.replace(':', '/')}`
  repo = repo.replace(/\.git$/, '')
  if (/%(?![0-9a-f]{2})/.test(repo) || /\p{Cc}/u.test(repo)) return ''
  return repo.replace(/^ssh:\/\//, '')
}

/** Whether two URLs name one repository. */
export function isSameRepository(left: string, right: string): boolean {
  const normalized = normalizeGitUrl(left)
  return normalized !== '' && normalized === normalizeGitUrl(right)
}
