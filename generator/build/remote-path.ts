// Which paths kustomize would fetch: URLs and git repositories.
// Follows api/internal/git/repospec.go and IsRemoteFile of api/internal/loader/fileloader.go.

const urlScheme = /^(?:git::)?(?:https?|ssh|git|file):\/\//i
const knownHost = /^(?:git::)?(?:[\w.-]+@)?(?:github\.com|gitlab\.com|bitbucket\.org|gist\.github\.com)[/:]/i
const userAtHost = /^(?:git::)?[\w.-]+@[\w.-]+:/
const hasQuery = /[?&](?:ref|version|timeout|submodules)=/

/** Every path that is remote has one of these somewhere; most paths do not, and are told apart by this alone. */
const suspicious = /[:@?&]|[gGbB][iI][tT]/

/** Whether kustomize takes a path to be remote. */
export function isRemote(path: string): boolean {
  if (!suspicious.test(path)) return false
  return (
    urlScheme.test(path) ||
    knownHost.test(path) ||
    userAtHost.test(path) ||
    path.startsWith('git::') ||
    hasQuery.test(path) ||
    /\.git(?:$|[/?])/.test(path.replace(/^(?:\.\.?\/)+/, '')) ||
    path.includes('/_git/')
  )
}
