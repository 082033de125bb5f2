import { expect, test } from 'vitest'
import files from '../fixtures/numpy-files.fixture.json'
import { fixtureBytes } from '../testing/fixture-bytes.ts'
import { problemOf } from '../testing/problem-of.ts'
import { isPickle, refusePickle } from './pickle.ts'

const pickles = ['pickle 0', 'pickle 1', 'pickle 2', 'pickle 3', 'pickle 4', 'pickle 5', 'old torch'] as const

test.each(pickles)('recognises what Python writes: %s', (name) => {
  expect(isPickle(fixtureBytes(files[name]))).toBe(true)
})

test('does not take prose or arrays for a pickle', () => {
  expect(isPickle(new TextEncoder().encode('(d) it rained.'))).toBe(false)
  expect(isPickle(fixtureBytes(files['<f4']))).toBe(false)
  expect(isPickle(new Uint8Array())).toBe(false)
})

test.each(['mel.pt', 'mel.pth', 'mel.bin'])('%s is refused with the lines of PyTorch', (name) => {
  const problem = problemOf(() => refusePickle(name))
  expect(problem).toMatchObject({ code: 'pickle', message: expect.stringContaining('never loaded') })
  expect(problem.remedy).toMatch(/safetensors or npy/)
  expect(problem.remedy?.split('\n').slice(1)).toEqual([
    `import numpy, torch; mel = torch.load('${name}', map_location='cpu', weights_only=True)`,
    "mel = mel.get('mel', next(iter(mel.values()))) if isinstance(mel, dict) else mel",
    `numpy.save('mel.npy', mel.float().numpy())`,
  ])
})

test('mel.pkl is refused with the lines of Python', () => {
  const lines = problemOf(() => refusePickle('mel.pkl'))
    .remedy?.split('\n')
    .slice(1)
  expect(lines).toHaveLength(3)
  expect(lines?.[0]).toContain(`pickle.load(open('mel.pkl', 'rb'))`)
})

test("a checkpoint of lmnt's WaveGrad is refused with the command that converts it, one of lmnt's DiffWave as any pickle", () => {
  const checkpointOf = (tensor: string) =>
    new TextEncoder().encode(`..step..model..${tensor}.weight..params..crop_mel_frames..noise_schedule`)
  const problem = problemOf(() => refusePickle("it's.pt", checkpointOf('upsample.0.block1')))
  expect(problem).toMatchObject({ code: 'lmnt-checkpoint', file: "it's.pt" })
  expect(problem.remedy?.split('\n')[1]).toBe(`python3 pretrain/import_lmnt.py './it'\\''s.pt' wavegrad-lmnt`)
  const other = problemOf(() => refusePickle('diffwave.pt', checkpointOf('residual_layers.0.dilated_conv')))
  expect(other.code).toBe('pickle')
})

test('a file name cannot escape from its string literal', () => {
  expect(problemOf(() => refusePickle(`a'\\\n.pt`)).remedy).toContain(`torch.load('a\\'\\\\.pt'`)
})
