import { afterEach, expect, test, vi } from 'vitest'

afterEach(() => vi.unstubAllGlobals())

test.each([
  ['C', 'en'],
  ['de-AT', 'de-AT'],
])('a browser in the language %j has %j, in which numbers can be written', async (reported, used) => {
  vi.resetModules()
  vi.stubGlobal('navigator', { language: reported })
  await import('./valid-language.ts')
  expect(navigator.language).toBe(used)
  expect(new Intl.NumberFormat(navigator.language).format(5)).toBe('5')
})
