import { expect, test } from 'vitest'
import type { OpenInput } from '../../analysis/analysis.ts'
import { ProblemError } from '../../base/problem.ts'
import { fakeMelFile } from '../testing/fake-analysis.ts'
import { openReadyPage } from '../testing/fake-services.ts'

const zip = (name: string) => new File(['PK'], name)

test('a zip of several mels and recordings is unpacked into the batch, with its configuration', async () => {
  const { actions, page } = await openReadyPage()
  await actions.source.openFiles([zip('clips.zip')])
  expect(page().batch.items.map(({ name }) => name)).toEqual(['a.wav', 'b.npy'])
  expect(page().problems.notes.join()).toContain('they are in the batch')
  expect(page().source.opening).toBeUndefined()
})

test('a zip of one mel with its configuration opens as that mel; one that holds neither is refused', async () => {
  const opened: OpenInput[] = []
  const { actions, page } = await openReadyPage({
    analysis: {
      async unpack({ name }) {
        if (name === 'bad.zip')
          throw new ProblemError({ code: 'zip-no-input', message: 'No mel.', file: name })
        return ['mel.npy', 'config.yaml'].map((inner) => ({ name: inner, blob: new Blob(['x']) }))
      },
      async open(input) {
        opened.push(input)
        return fakeMelFile
      },
    },
  })
  await actions.source.openFiles([zip('one.zip')])
  expect(page().source.current).toMatchObject({ kind: 'mel-file', title: 'mel.npy' })
  expect(opened.at(-1)?.producerFiles?.map(({ name }) => name)).toEqual(['config.yaml'])
  await actions.source.openFiles([zip('bad.zip')])
  expect(page().problems.shown).toMatchObject([{ problem: { code: 'zip-no-input', file: 'bad.zip' } }])
  expect(page().source.current?.title).toBe('mel.npy')
})
