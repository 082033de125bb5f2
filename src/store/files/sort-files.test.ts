import { expect, test } from 'vitest'
import { type SortedFiles, sortFiles } from './sort-files.ts'

const file = (name: string, content = '') => new File([content], name)
const tensors = (count: number) => `\0\0\0\0\0\0\0\0{${'"a":{"dtype":"F16"},'.repeat(count)}}`
const session = '\0\0\0\0\0\0\0\0{"__metadata__":{"fine-tuning":"{}"}}'
const model = '{"architecture": "wavegrad"}'

/** The names of the sorted files, without the kinds of which there are none. */
const namesOf = (sorted: SortedFiles) =>
  Object.fromEntries(
    Object.entries(sorted)
      .filter(([, files]) => files.length > 0)
      .map(([kind, files]) => [kind, files.flat().map(({ name }: File) => name)]),
  )

test.each<[string, readonly File[], ReturnType<typeof namesOf>]>([
  ['one mel', [file('mel.npy')], { inputs: ['mel.npy'] }],
  [
    'a mel with its configuration and statistics',
    [file('mel.npy'), file('config.yaml'), file('c.json', '{}'), file('stats.npy')],
    { inputs: ['mel.npy'], beside: ['config.yaml', 'c.json', 'stats.npy'] },
  ],
  ['a configuration alone', [file('config.json', '{"hop_size": 256}')], { beside: ['config.json'] }],
  [
    'two short mels in JSON',
    [file('a.json', '[[-5, -6], [-7, -8]]'), file('b.json', '{"mel": [[-5.25, -6]]}')],
    { inputs: ['a.json', 'b.json'] },
  ],
  [
    'a mel in JSON that says nothing of itself, and a configuration',
    [file('c.json', '{}'), file('m.json', '{"mel": "AAAA"}')],
    { inputs: ['m.json'], beside: ['c.json'] },
  ],
  [
    'a configuration with nested arrays of whole numbers',
    [file('m.npy'), file('c.json', '{"resblock_dilation_sizes": [[1, 3, 5], [1, 3, 5]]}')],
    { inputs: ['m.npy'], beside: ['c.json'] },
  ],
  [
    'weights with their configuration and a note',
    [file('c.json', model), file('m.safetensors', tensors(40)), file('README.md')],
    { models: ['m.safetensors', 'c.json'], companions: ['README.md'] },
  ],
  [
    'the folders of two models',
    [
      file('c.json', model),
      file('a.safetensors', tensors(40)),
      file('c.json', model),
      file('b.safetensors', tensors(40)),
    ],
    { models: ['a.safetensors', 'c.json', 'b.safetensors', 'c.json'] },
  ],
  [
    'a mel beside the configuration of the model that it is for',
    [file('m.safetensors', tensors(1)), file('c.json', model)],
    { inputs: ['m.safetensors'], beside: ['c.json'] },
  ],
  ['weights alone', [file('model.safetensors', tensors(40))], { models: ['model.safetensors'] }],
  ['a checkpoint', [file('s.safetensors', session)], { checkpoints: ['s.safetensors'] }],
  ['a recording beside a zip', [file('a.wav'), file('m.ZIP')], { archives: ['m.ZIP'], inputs: ['a.wav'] }],
  ['an archive of NumPy', [file('m.npz', 'PK a.npy')], { inputs: ['m.npz'] }],
  [
    'a test plan and a result among recordings',
    [
      file('p.json', '{"format": "listening-plan"}'),
      file('a.wav'),
      file('r.json', '{"format": "listening-result"}'),
    ],
    { tests: ['p.json', 'r.json'], inputs: ['a.wav'] },
  ],
  [
    'recordings with transcripts, and a mel as text',
    [
      file('a.wav'),
      file('a.txt', 'In 1066, it rained.'),
      file('m.txt', '# mel\n-1.5e+0 -2\n-3 -4'),
      file('a.lab'),
    ],
    { inputs: ['a.wav', 'm.txt'], companions: ['a.txt', 'a.lab'] },
  ],
  ['a note alone, whose reader says what it is', [file('notes.txt', 'hello')], { inputs: ['notes.txt'] }],
])('%s', async (_, files, expected) => {
  expect(namesOf(await sortFiles(files))).toEqual(expected)
})

test('two models each keep their own configuration', async () => {
  const [first, second] = [file('c.json', model), file('c.json', model)]
  const weights = [file('a.safetensors', tensors(40)), file('b.safetensors', tensors(40))]
  const { models } = await sortFiles([first, weights[0], second, weights[1]])
  expect(models[0][1]).toBe(first)
  expect(models[1][1]).toBe(second)
})
