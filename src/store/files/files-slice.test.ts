import { expect, test } from 'vitest'
import type { OpenInput } from '../../analysis/analysis.ts'
import { ProblemError } from '../../base/problem.ts'
import { fakeAudioFile, fakeMelFile } from '../testing/fake-analysis.ts'
import { openFakePage, openReadyPage } from '../testing/fake-services.ts'
import type { Door } from './files-state.ts'

const file = (name: string, content = 'x') => new File([content], name)
const names = (all: readonly { readonly name: string }[]) => all.map(({ name }) => name)
const result = '{"format": "listening-result"}'
const weights = `\0\0\0\0\0\0\0\0{${'"a":{"dtype":"F16"},'.repeat(40)}}`

/** A page whose zips hold `entries`; a zip named bad.zip is refused. */
async function openPage(entries: readonly string[] = [], leftOut: readonly string[] = []) {
  const opened: OpenInput[] = []
  const page = await openReadyPage({
    analysis: {
      async unpack({ name }) {
        if (name === 'bad.zip')
          throw new ProblemError({ code: 'zip-no-input', message: 'No mel.', file: name })
        return { files: entries.map((entry) => ({ name: entry, blob: new Blob(['x']) })), leftOut }
      },
      async open(input) {
        opened.push(input)
        return input.name.endsWith('.wav') ? fakeAudioFile : fakeMelFile
      },
    },
  })
  opened.length = 0
  return { ...page, opened }
}

test.each<[Door, Door]>([
  ['source', 'batch'],
  ['batch', 'batch'],
  ['test', 'batch'],
  ['models', 'batch'],
])(
  'a zip of a recording and a mel that comes at “%s” is in the batch, with its configuration',
  async (door, place) => {
    const { actions, page, opened } = await openPage(['a.wav', 'config.yaml', 'b.npy'])
    // A zip is what “Import a model” asks for, so only another file beside it shows that it is none.
    expect(await actions.files.open(door, [file('clips.zip'), file('c.npy')])).toBe(place)
    expect(names(page().batch.items)).toEqual(['c.npy', 'a.wav', 'b.npy'])
    expect(page().problems.notes).toHaveLength(door === 'batch' ? 0 : 1)
    expect(page().files.unpacking).toBeUndefined()
    await actions.batch.start()
    expect(opened.map(({ producerFiles }) => names(producerFiles ?? []))).toEqual(
      Array.from({ length: 3 }, () => ['config.yaml']),
    )
  },
)

test('a zip that comes beside the takes becomes takes, and one for a voice its recordings; mels are named once', async () => {
  const { actions, page } = await openPage(['a.wav', 'config.yaml', 'b.npy', 'c.npy', 'd.wav'])
  expect(await actions.files.open('takes', [file('clips.zip')])).toBe('takes')
  expect(page().takes.all.flatMap(({ fileName }) => fileName ?? [])).toEqual(['a.wav', 'd.wav'])
  expect(await actions.files.open('voice', [file('clips.zip')])).toBe('voice')
  expect(names(page().training.voice)).toEqual(['a.wav', 'd.wav'])
  expect(page().problems.shown.map(({ problem }) => [problem.code, problem.message.split(',')[0]])).toEqual([
    ['take-not-audio', 'b.npy and c.npy are mel spectrograms'],
    ['voice-not-audio', 'b.npy and c.npy are mel spectrograms'],
  ])
})

test('a zip of one mel with its configuration opens as that mel, and says what stays in the zip', async () => {
  const { actions, page, opened } = await openPage(['mel.npy', 'config.yaml'], ['inner.zip'])
  expect(await actions.files.open('source', [file('one.zip')])).toBe('source')
  expect(page().source.current).toMatchObject({ kind: 'mel-file', title: 'mel.npy' })
  expect(names(opened.at(-1)?.producerFiles ?? [])).toEqual(['config.yaml'])
  expect(page().problems.notes).toEqual(['one.zip also holds what was not opened: inner.zip.'])
})

test('a file in a zip that only has the name of a zip is opened as what it is', async () => {
  const { actions, page } = await openPage(['mel.zip'])
  expect(await actions.files.open('source', [file('one.zip')])).toBe('source')
  expect(page().source.current?.title).toBe('mel.zip')
})

test('of several checkpoints the last is resumed, and the others are named', async () => {
  const { actions, page } = await openPage()
  const all = ['a', 'b', 'c'].map((name) =>
    file(`${name}.safetensors`, '\0\0\0\0\0\0\0\0{"__metadata__":{"fine-tuning":"{}"}}'),
  )
  await actions.files.open('source', all)
  expect(page().training.checkpointName).toBe('c.safetensors')
  expect(page().problems.notes[0]).toBe(
    'Only one session can be resumed. Left out: a.safetensors and b.safetensors.',
  )
})

test('a refused zip is reported, and the files beside it open all the same', async () => {
  const { actions, page } = await openPage()
  expect(await actions.files.open('source', [file('bad.zip')])).toBeUndefined()
  expect(page().problems.shown).toMatchObject([{ problem: { code: 'zip-no-input', file: 'bad.zip' } }])
  await actions.files.open('source', [file('bad.zip'), file('mel.npy')])
  expect(page().source.current?.title).toBe('mel.npy')
  expect(page().problems.shown).toMatchObject([{ problem: { file: 'bad.zip' } }])
})

test('each of several files goes to its own place, wherever they come', async () => {
  for (const door of ['source', 'takes', 'voice', 'batch', 'test', 'models', 'checkpoint'] as const) {
    const { actions, page } = await openPage()
    const checkpoint = file('c.safetensors', '\0\0\0\0\0\0\0\0{"__metadata__":{"fine-tuning":"{}"}}')
    const all = [file('r.json', result), file('m.safetensors', weights), checkpoint, file('readme.md')]
    await actions.files.open(door, all)
    expect(page().training.checkpointName, door).toBe('c.safetensors')
    expect(
      page().problems.shown.map(({ problem }) => problem.file),
      door,
    ).toContain('r.json')
    expect(page().problems.notes.join(), door).toContain('readme.md')
  }
})

test('a configuration that comes alone is read with the mel that is open, or with the rows of the batch', async () => {
  const { actions, page, opened } = await openPage()
  await actions.files.open('source', [file('mel.npy')])
  await actions.files.open('takes', [file('config.json', '{"hop_size": 300}')])
  expect(names(opened.at(-1)?.producerFiles ?? [])).toEqual(['config.json'])
  await actions.files.open('batch', [file('row.npy')])
  await actions.files.open('batch', [file('config.json', '{"hop_size": 300}')])
  expect(names(page().batch.items)).toEqual(['row.npy'])
  await actions.batch.start()
  expect(names(opened.at(-1)?.producerFiles ?? [])).toEqual(['config.json'])
})

test('audio for the takes is refused while there is no source', async () => {
  const { actions, page } = openFakePage()
  await actions.files.open('takes', [file('a.wav')])
  expect(page().problems.shown.map(({ problem }) => problem.code)).toContain('take-no-source')
})
