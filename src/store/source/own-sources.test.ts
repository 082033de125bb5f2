import { expect, test, vi } from 'vitest'
import type { Analysis } from '../../analysis/analysis.ts'
import { ProblemError } from '../../base/problem.ts'
import { fakeAudioFile, fakeMelFile } from '../testing/fake-analysis.ts'
import { openReadyPage } from '../testing/fake-services.ts'

const file = (name: string, text = 'x') => new File([text], name)

test('own sources stay listed and open again as they were read; the oldest one is dropped from the list', async () => {
  const open = vi.fn<Analysis['open']>(async ({ name }) => {
    if (name.startsWith('bad')) throw new ProblemError({ code: 'pickle', message: 'No.', remedy: 'Another.' })
    return name.endsWith('.wav') ? fakeAudioFile : fakeMelFile
  })
  const log10 = { unit: 'log10', of: 'magnitude' } as const
  const { actions, page } = await openReadyPage({ analysis: { open } })
  await actions.source.openFile(file('one.npy'))
  await actions.source.rereadMel({ values: log10 })
  await actions.source.openFile(file('two.wav'))
  expect(page().source.own.map(({ title }) => title)).toEqual(['two.wav', 'one.npy'])
  const [, one] = page().source.own
  await actions.source.openExample('first')
  expect(page().source.current?.ownId).toBeUndefined()
  await actions.source.openOwn(one.id)
  expect(page().source.current).toMatchObject({ title: 'one.npy', kind: 'mel-file', ownId: one.id })
  expect(open.mock.lastCall?.[0].override).toEqual({ values: log10 })
  expect(
    page().source.own.map(({ title }) => title),
    'no new entry',
  ).toEqual(['two.wav', 'one.npy'])
  for (const name of ['three.wav', 'four.wav', 'five.wav']) await actions.source.openFile(file(name))
  expect(page().source.own.map(({ title }) => title)).toEqual([
    'five.wav',
    'four.wav',
    'three.wav',
    'two.wav',
  ])
  await actions.source.openFile(file('bad.txt'))
  expect(page().source.own).toHaveLength(4)
})
