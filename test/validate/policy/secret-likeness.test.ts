import { expect, test } from 'vitest'
import { assignedSecret } from '../../../generator/validate/policy/assigned-secret.ts'
import { isSecretName, knownSecret, namedSecret } from '../../../generator/validate/policy/secret-likeness.ts'

// Put together at run time, so that no scanner takes this file for a leak.
const join = (...parts: readonly string[]): string => parts.join('')

test.each([
  'DB_PASSWORD',
  'password',
  'POSTGRES_PASSWORD',
  'apiKey',
  'API_KEY',
  'client-secret',
  'AWS_SECRET_ACCESS_KEY',
  'SECRET_KEY_BASE',
  'githubToken',
  'spring.datasource.password',
  'JWT_SIGNING_KEY',
  'MY_SECRET',
  'SMTP_PASSWD',
  'GOOGLE_CREDENTIALS',
  'AZURE_STORAGE_ACCOUNT_KEY',
  'AZURE_STORAGE_KEY',
  'DB_PASS',
  'smtp.pass',
  'PGPASSWORD',
  'DB_PASSWRD',
  'clientsecret',
  'accesstoken',
  'encryptionkey',
  'ADMIN_PW',
  'JWT',
  'TOKENS',
  'REDIS_AUTH',
  'mypasswordvalue',
  'SECRETKEYBASE',
  'requirepass',
])('%s names a secret', name => expect(isSecretName(name)).toBe(true))

test.each([
  'PASSWORD_FILE',
  'TOKEN_TTL',
  'MYSQL_ALLOW_EMPTY_PASSWORD',
  'secretName',
  'TOKEN_URL',
  'MAX_TOKENS_COUNT',
  'PUBLIC_KEY',
  'JWT_PUBLIC_KEY',
  'KEYBOARD',
  'COMPASS',
  'monkey',
  'key',
  'CACHE_KEY_PREFIX',
  'TLS_SECRET',
  'IMAGE_PULL_SECRET',
  'PASSWORD_MIN_LENGTH',
  'tokenExpiration',
  'LOG_LEVEL',
  'partition_key',
  'FIRST_PASS',
  'PASS',
  'TOKENIZER',
  'SECRETARY',
  'PASSTHROUGH',
  'KEYSPACE',
  'JWT_ALGORITHM',
  'PW',
  'existingSecret',
  'passwordKey',
  'tokenReviewerServiceAccount',
  'credentialsSecret',
  'password.encoder',
  'CSRF_TOKEN_COOKIE',
  'BASIC_AUTH',
  'REDIS_AUTH_MODE',
  'passwordSecret',
  'passwordfile',
  'PASSWORDHASH',
])('%s does not', name => expect(isSecretName(name)).toBe(false))

test.each([
  ['-----BEGIN RSA PRIVATE KEY-----\nMII', 'a private key'],
  ['-----BEGIN PRIVATE KEY-----', 'a private key'],
  [join('AKIA', 'IOSFODNN7EXAMPLE'), 'an AWS access key'],
  [join('ghp', '_', 'a'.repeat(36)), 'a GitHub token'],
  [join('sk', '_live_', '0123456789abcdef'), 'a Stripe key'],
  [join('eyJhbGciOiJIUzI1', 'NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w'), 'a signed token (JWT)'],
  [join('ya29', '.', 'a0'.repeat(15)), 'a Google access token'],
  [join('dckr', '_pat_', 'a'.repeat(27)), 'a Docker token'],
  [join('dop', '_v1_', '0f'.repeat(32)), 'a DigitalOcean token'],
  [join('hv', 's.', 'A'.repeat(24)), 'a Vault token'],
  [join('shp', 'at_', '0f'.repeat(16)), 'a Shopify token'],
  [join('sk-', 'ant-', 'a'.repeat(24)), 'an Anthropic key'],
  [join('sk-', 'proj-', 'a'.repeat(24)), 'an OpenAI key'],
  [join('AGE-', 'SECRET-KEY-1', 'Q'.repeat(58)), 'an age key'],
  [join('Authorization: Bea', 'rer abcdef0123456789'), 'a bearer token'],
  ['postgres://shop:hunter2@db:5432/shop', 'a URL with a password'],
  ['redis://:hunter2@cache:6379', 'a URL with a password'],
  ['see https://x.example/ and amqp://u:p@mq', 'a URL with a password'],
])('%s is known by its form', (text, what) => expect(knownSecret(text)?.what).toBe(what))

test.each([
  'postgres://shop@db:5432/shop',
  'postgres://shop:$(DB_PASSWORD)@db:5432/shop',
  'postgres://shop:${DB_PASSWORD}@db/shop',
  'https://example.com:8080/path@2x.png',
  'http://a.example:80/x?y=user:pass@host',
  '-----BEGIN CERTIFICATE-----',
  '-----BEGIN PUBLIC KEY-----',
  'Bearer authentication-is-required here',
  'Authorization: Bearer ${TOKEN}',
  'spread-out-tasks in https://a.example/ask-project',
  'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
])('%s is not', text => expect(knownSecret(text)).toBeUndefined())

test.each([
  ['DB_PASSWORD', 'hunter2', true],
  ['DB_PASSWORD', '123456', true],
  ['API_TOKEN', 'abc', true],
  ['DB_PASSWORD', '', false],
  ['DB_PASSWORD', '$(FROM_ELSEWHERE)', false],
  ['DB_PASSWORD', '/run/secrets/db', false],
  ['DB_PASSWORD', '<path:secret/db#password>', false],
  ['API_TOKEN', '3600', false],
  ['USE_TOKEN', 'true', false],
  ['TOKEN_ISSUER', 'https://auth.example', false],
  ['OIDC_CLIENT_SECRET', 'vault:secret/oidc', false],
  ['MAX_TOKENS', '4096', false],
  ['REDIS_AUTH', 'enabled', false],
  ['auth.secretKey', 'redis-password', false],
  ['secretKey', 'correct-horse', true],
  ['SECRET_KEY', 'redis-password', true],
])('%s=%s', (name, value, secret) => expect(namedSecret(name, value) !== undefined).toBe(secret))

test.each([
  ['a.b=1\nspring.datasource.password=hunter2\n', 'spring.datasource.password'],
  ['db:\n  password: "hunter2"\n', 'password'],
  ['{\n  "apiKey": "abc123",\n}', 'apiKey'],
  ['{"db": {"password": "hunter2"}, "port": 5432}', 'password'],
  ['[db]\npassword = "hunter2" ; of the old server\n', 'password'],
  ['<add key="password" value="hunter2"/>', 'password'],
  ['mysql -u root --password=hunter2 shop', 'password'],
  ['jdbc:postgresql://db:5432/shop?password=hunter2&user=web', 'password'],
  ['export DB_PASSWORD=hunter2; run', 'DB_PASSWORD'],
  ['port 6379\nrequirepass hunter2\n', 'requirepass'],
  ['requirepass ${REDIS_PASSWORD}', undefined],
  ['log = 1', undefined],
  ['DB_PASSWORD=$(cat /run/db) PASS="$DB_PASSWORD" TOKEN=${A}${B} run', undefined],
  ['run --token=TOKEN --password=args.password', undefined],
  ['sum(kube_secret_info{namespace="a", secret="b"})', undefined],
  ['connect(host, password="hunter2")', undefined],
  ['# run --password=hunter2', undefined],
  ['password: ${DB_PASSWORD}', undefined],
  ['# password = never put it here, please', undefined],
  ['if (token == other) { return secret: none }', undefined],
  ['ssl_certificate_key /etc/tls/tls.key;', undefined],
])('assignments in %j', (text, name) => expect(assignedSecret(text)?.name).toBe(name))

test('a credential behind base64', () => {
  expect(namedSecret('config', btoa(join('AKIA', 'IOSFODNN7EXAMPLE')))?.what).toBe('an AWS access key behind base64')
  expect(namedSecret('config', btoa('-----BEGIN CERTIFICATE-----'))).toBeUndefined()
})

test.each([
  ['AZURE_BATCH_KEY', 'xxxxx', true],
  ['OCI_CLI_KEY_CONTENT', 'xxxxx', true],
  ['AWS_SECRET_ACCESS_KEY', 'changeme', true],
  ['AWS_SECRET_ACCESS_KEY', '$(FROM_ELSEWHERE)', false],
  ['AWS_SECRET_ACCESS_KEY', '', false],
  ['DB_PASSWORD', 'xxxxx', false],
])('%s=%s, where the name says everything: %s', (name, value, found) => {
  expect(namedSecret(name, value) !== undefined).toBe(found)
})
