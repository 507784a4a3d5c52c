import { ApiClient } from '../support/api-client.ts'
import { answers, converse } from '../support/conversation-page.ts'
import { expect, test } from '../support/test.ts'

const privatePages = [
  '/',
  '/settings',
  '/usage',
  '/usage/budgets',
  '/personas',
  '/personas/compare',
  '/nowhere',
]
const openPages = ['/login', '/register']

function scriptTags(html: string): string[] {
  return html.match(/<script[^>]*>/g) ?? []
}

function nonceOf(policy: string | null): string {
  const nonce = /'nonce-([^']+)'/.exec(policy ?? '')?.[1]
  if (!nonce) throw new Error(`no nonce in ${policy}`)
  return nonce
}

test('every page has a policy of its own, and every script in it carries its nonce', async ({
  account,
  origin,
}) => {
  const nonces = new Set<string>()
  const visits = [
    ...privatePages.map((path) => ({ api: account.api, path })),
    ...openPages.map((path) => ({ api: new ApiClient(origin), path })),
  ]
  for (const { api, path } of visits) {
    const response = await api.call('GET', path)
    const html = await response.text()
    const { headers } = response
    const nonce = nonceOf(headers.get('content-security-policy'))
    nonces.add(nonce)
    const scripts = scriptTags(html)
    expect.soft(scripts.length, path).toBeGreaterThan(3)
    expect
      .soft(
        scripts.filter((tag) => !tag.includes(`nonce="${nonce}"`)),
        path,
      )
      .toEqual([])
    expect.soft(html, path).not.toContain('<style')
    expect.soft(html, path).not.toMatch(/ on[a-z]+="/)
    expect.soft(headers.get('content-security-policy'), path).not.toMatch(/script-src[^;]*unsafe/)
    expect.soft(headers.get('cache-control'), path).toContain('no-store')
    expect.soft(headers.get('strict-transport-security'), path).toBeNull()
  }
  expect(nonces.size).toBe(visits.length)
})

test('every answer forbids sniffing, framing and telling where the person was', async ({
  account,
  origin,
}) => {
  const script = scriptTags(await (await account.api.call('GET', '/')).text())
    .map((tag) => /src="([^"]+)"/.exec(tag)?.[1])
    .find((src) => src !== undefined)
  for (const path of [
    '/',
    '/login',
    '/api/usage/month',
    '/api/chat/x/stream',
    '/api/health',
    '/icon.svg',
    script,
  ]) {
    const { headers } = await account.api.call('GET', path ?? '/')
    expect.soft(headers.get('x-content-type-options'), path).toBe('nosniff')
    expect.soft(headers.get('referrer-policy'), path).toBe('same-origin')
    expect.soft(headers.get('x-frame-options'), path).toBe('DENY')
    expect.soft(headers.get('cross-origin-resource-policy'), path).toBe('same-origin')
    expect.soft(headers.get('permissions-policy'), path).toContain('camera=()')
    expect.soft(headers.get('x-powered-by'), path).toBeNull()
  }
  for (const path of [
    '/api/usage/month',
    '/api/conversations',
    '/api/chat/x/stream',
    '/api/account/export',
  ]) {
    const response = await account.api.call('GET', path)
    await response.body?.cancel()
    expect.soft(response.headers.get('cache-control'), path).toContain('no-store')
    expect.soft(response.headers.get('content-security-policy'), path).toMatch(/^default-src 'none'/)
  }
  for (const path of ['/login', '/api/health', '/icon.svg']) {
    const { headers } = await new ApiClient(origin).call('GET', path, {
      headers: { 'x-forwarded-proto': 'https' },
    })
    expect.soft(headers.get('strict-transport-security'), path).toBe('max-age=31536000')
    if (path === '/login') expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
  }
})

test('a script that gets into a page all the same does not run', async ({ person: { page }, problems }) => {
  problems.allow(/Content Security Policy/)
  // Tried, and blocked before anything was sent.
  problems.allow(/request to another origin: (x:|https:\/\/foreign\.invalid\/)/)
  await converse(page, '[scenario:markdown]')
  await expect(answers(page)).toBeVisible()
  const ran = await page.evaluate(async () => {
    const violations: string[] = []
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
      violations.push(effectiveDirective),
    )
    const place = document.body.appendChild(document.createElement('div'))
    place.innerHTML = `<img src="x:" onerror="document.title = 'ran'">
      <a href="javascript:document.title = 'ran'">link</a>
      <img src="https://foreign.invalid/pixel.png"><iframe src="https://foreign.invalid/"></iframe>
      <style>body { display: none }</style><base href="https://foreign.invalid/">`
    place.querySelector('a')?.click()
    await fetch('https://foreign.invalid/?text').catch(() => {})
    while (new Set(violations).size < 7) await new Promise(requestAnimationFrame)
    return { violations: [...new Set(violations)].sort(), title: document.title }
  })
  expect(ran.title).not.toBe('ran')
  expect(ran.violations).toEqual(
    expect.arrayContaining([
      ...[
        'base-uri',
        'connect-src',
        'frame-src',
        'img-src',
        'script-src-attr',
        'script-src-elem',
        'style-src-elem',
      ],
    ]),
  )
})
