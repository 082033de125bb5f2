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

test('a page that has a policy, forbids one, or knows no Trusted Types, is left alone', () => {
  const createPolicy = vi.fn(() => {
    throw new TypeError('Policy "default" disallowed.')
  })
  vi.stubGlobal('trustedTypes', { createPolicy })
  expect(trustOwnWorkers).not.toThrow()
  expect(createPolicy).toHaveBeenCalledOnce()
  vi.stubGlobal('trustedTypes', { defaultPolicy: {}, createPolicy })
  trustOwnWorkers()
  // A refused policy would be reported on the console.
  expect(createPolicy).toHaveBeenCalledOnce()
  vi.stubGlobal('trustedTypes', undefined)
  expect(trustOwnWorkers).not.toThrow()
})
