// The npm packages every committed schema is made from: exact versions, and the digests of their tarballs.
// Bump a version here, run `npm run schemas:update`, and read the diff of schemas/.

/* oxlint-disable max-lines -- a table */

export interface PinnedPackage {
  readonly name: string
  readonly version: string
  /** Subresource integrity of the tarball, as `npm pack --json` prints it. */
  readonly integrity: string
}

const pin = (name: string, version: string, integrity: string): PinnedPackage => ({ name, version, integrity })

/** Kubernetes models, by the Kubernetes version they were generated from. */
export const clientNode: Readonly<Record<string, PinnedPackage>> = {
  '1.30': pin(
    '@kubernetes/client-node',
    '0.22.3',
    'sha512-dG8uah3+HDJLpJEESshLRZlAZ4PgDeV9mZXT0u1g7oy4KMRzdZ7n5g0JEIlL6QhK51/2ztcIqURAnjfjJt6Z+g==',
  ),
  '1.32': pin('@kubernetes/client-node', '1.1.2', 'sha512-kkE0D8zB5rIQoR6SUwlHUyQtpLvrW0gXOd2MabQsql7I2oPnMA8pb50A1MWB4yH0eX29t45gxs7lOVlS0UPsiw=='),
  '1.33': pin('@kubernetes/client-node', '1.3.0', 'sha512-IE0yrIpOT97YS5fg2QpzmPzm8Wmcdf4ueWMn+FiJSI3jgTTQT1u+LUhoYpdfhdHAVxdrNsaBg2C0UXSnOgMoCQ=='),
  '1.34': pin('@kubernetes/client-node', '1.4.0', 'sha512-Zge3YvF7DJi264dU1b3wb/GmzR99JhUpqTvp+VGHfwZT+g7EOOYNScDJNZwXy9cszyIGPIs0VHr+kk8e95qqrA=='),
  '1.36': pin('@kubernetes/client-node', '2.0.1', 'sha512-evJgmEtgArEYlj6DNkMGjK41IrFK/hEwb5lWVxx0VRBWybQpnvi+2TtA19mLgVfRHfqX5yjHObX6e9W7LEZBjw=='),
}

/** The field list of Kubernetes 1.31, which has no client. */
export const cdk8s: PinnedPackage = pin('cdk8s-plus-31', '2.6.43', 'sha512-OtG09kUe3ErIZR1vriuwNYCqQYkB7g0cbqft5c1GItGFRmqcUKW2/rKrdDUjYmFMZDLj5bxccJitP3MUUCg1gw==')

/** The field list of Kubernetes 1.35, which has no client. */
export const pulumi: PinnedPackage = pin('@pulumi/kubernetes', '4.28.0', 'sha512-tdoUN7blJv1rrwr+2Pc55CP/+L1sMkH3z5Y7DI2yfNiGgdeaOHYia+hYsnLgR4HtBSfIfuBVWxGkZwGWOgUmOQ==')

/** Enumerations and quantities, which the clients leave out. */
export const kubernetesModels: PinnedPackage = pin('kubernetes-models', '5.1.0', 'sha512-ym4Kiyr8BzGIWj4f853ytVYES1B8C1BdONRP5zodItPD1o//OEKuTwC5nFV3ZJtFGeMqOFbIYkpunSVXSlHS8g==')
