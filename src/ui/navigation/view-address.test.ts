import { expect, test } from 'vitest'
import { viewAt } from './view-address.ts'

test.each([
  ['', '', 'start'],
  ['#', '', 'start'],
  ['#/', '', 'start'],
  ['#/start', '?example=kathleen', 'start'],
  ['#/listen', '', 'listen'],
  ['#/test?plan=x', '', 'test'],
  ['#/tune/more', '', 'tune'],
])('%s%s opens its view', (hash, search, id) => {
  expect(viewAt(hash, search)).toEqual({ id })
})

test('links from before there were views still open the right place', () => {
  expect(viewAt('', '?v=1&example=lj-modern&steps=2')).toEqual({ id: 'listen' })
  const meant = {
    '#takes': 'listen',
    '#differences': 'listen',
    '#film': 'inside',
    '#results': 'compare',
    '#listening-test': 'test',
    '#batch': 'batch',
    '#fine-tune': 'tune',
    '#how-it-works': 'learn',
  }
  for (const [hash, id] of Object.entries(meant))
    expect(viewAt(hash, '?steps=2')).toEqual({ id, regionId: hash.slice(1) })
})

test.each([
  ['#/vocoder', 'vocoder'],
  ['#results-of-2019', 'results-of-2019'],
  [`#/${'x'.repeat(200)}`, 'x'.repeat(40)],
])(
  'an address of a view that does not exist (%s) opens the first view and names what is missing',
  (hash, unknown) => {
    expect(viewAt(hash, '?steps=2')).toEqual({ id: 'start', unknown })
  },
)
