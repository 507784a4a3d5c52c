import { ApiClient, errorOf } from '../support/api-client.ts'
import { expect, test } from '../support/test.ts'

test('a load balancer is told that the server is ready, and nothing more', async ({ origin }) => {
  const response = await new ApiClient(origin).call('GET', '/api/ready')
  expect(response.status).toBe(200)
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(await response.json()).toEqual({ status: 'ready' })
})

test('what a turn took is in the metrics of the server, and nothing of who asked', async ({ account }) => {
  const { conversationId } = await account.api.createConversation('What is counted?')
  const response = await account.api.call('GET', '/metrics')
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toContain('text/plain')
  const text = await response.text()
  const scripted = 'provider="[^"]+",model="scripted-main"'
  expect(text).toMatch(new RegExp(`^stoa_generations_total{${scripted},status="complete"} [1-9]`, 'm'))
  expect(text).toMatch(
    new RegExp(`^stoa_tokens_total{${scripted},purpose="answer",kind="output"} [1-9]`, 'm'),
  )
  expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds [\d.]+$/m)
  expect(text).toMatch(/^stoa_database_connections{state="idle"} [1-9]/m)
  expect(text).toMatch(/^stoa_jobs{queue="[^_"][^"]*",state="completed"} [1-9]/m)
  expect(text).not.toContain(conversationId)
})

const PROXIED = [
  ['x-forwarded-for', '203.0.113.9'],
  ['x-forwarded-host', 'chat.example.com'],
] as const

test('the metrics refuse whoever comes through a proxy', async ({ origin }) => {
  const api = new ApiClient(origin)
  for (const [name, value] of PROXIED) {
    const response = await api.call('GET', '/metrics', { headers: { [name]: value } })
    expect(response.status).toBe(403)
    expect(await errorOf(response)).toMatchObject({ code: 'metrics_private' })
  }
})
