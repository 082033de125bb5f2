import { afterEach, expect, test, vi } from 'vitest'
import { trustOwnWorkers } from './trusted-worker-urls.ts'

type Rules = { readonly createScriptURL: (url: string) => string }

afterEach(() => vi.unstubAllGlobals())

/** The policy that a page at `address` gets. */
function policyAt(address: string): { readonly name: string; readonly rules: Rules } {
  const policies: { name: string; rules: Rules }[] = []
  vi.stubGlobal('location', new URL(address))
  vi.stubGlobal('trustedTypes', {
    createPolicy: (name: string, rules: Rules) => policies.push({ name, rules }),
  })
  trustOwnWorkers()
  return policies[0]
}

test('scripts of the page’s own host are allowed, whatever its path', () => {
  const { name, rules } = policyAt('https://page.test/app/')
  expect(name).toBe('default')
  for (const url of ['https://page.test/app/assets/worker.js', './assets/worker.js', '/other/worker.js'])
    expect(rules.createScriptURL(url)).toBe(url)
})

test.each([
  'https://other.test/worker.js',
  '//other.test/worker.js',
  'data:text/javascript,1',
  'blob:https://other.test/1',
  'http://page.test/worker.js',
])('%s is refused', (url) => {
  expect(() => policyAt('https://page.test/app/').rules.createScriptURL(url)).toThrow(TypeError)
})

test('a page that has a policy, or no Trusted Types, is left alone', () => {
  vi.stubGlobal('trustedTypes', {
    createPolicy() {
      throw new TypeError('Policy with name "default" already exists.')
    },
  })
  expect(trustOwnWorkers).not.toThrow()
  vi.stubGlobal('trustedTypes', undefined)
  expect(trustOwnWorkers).not.toThrow()
})
