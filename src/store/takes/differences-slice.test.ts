import { expect, test, vi } from 'vitest'
import type { Analysis } from '../../analysis/analysis.ts'
import { openReadyPage } from '../testing/fake-services.ts'
import { differencePair, subjectName, subjectOf } from './difference-pair.ts'
import type { Take } from './take.ts'

const take = (system: Take['system'], id = system as string, place: Take['place'] = 'current'): Take => ({
  id,
  system,
  place,
  keep: false,
  durationSeconds: 1,
})

test('without a choice InferGrad is compared with the recording, or with the mel where there is none', () => {
  const models = [take('wavegrad'), take('infergrad'), take('griffin-lim')]
  expect(differencePair([], {})).toBeUndefined()
  expect(differencePair(models, {})).toEqual({ of: 'infergrad', from: 'mel' })
  expect(differencePair([...models, take('recording')], {})).toEqual({ of: 'infergrad', from: 'recording' })
  expect(differencePair([take('recording')], {})).toEqual({ of: 'recording', from: 'mel' })
  expect(differencePair([take('infergrad', 'clip-9', 'kept')], {})).toEqual({ of: 'clip-9', from: 'mel' })
})

test('a choice holds while its takes are there, also when one is made anew, and never compares one with itself', () => {
  const takes = [take('wavegrad', 'clip-1'), take('infergrad', 'clip-2'), take('infergrad', 'clip-3', 'kept')]
  const chosen = { of: 'wavegrad', from: 'clip-3' }
  expect(differencePair(takes, chosen)).toEqual(chosen)
  expect(differencePair([take('wavegrad', 'clip-8'), ...takes.slice(1)], chosen)).toEqual(chosen)
  expect(differencePair(takes.slice(0, 2), chosen)).toEqual({ of: 'wavegrad', from: 'mel' })
  expect(differencePair(takes, { of: 'wavegrad', from: 'wavegrad' })).toEqual({ of: 'wavegrad', from: 'mel' })
  expect(takes.map(subjectOf)).toEqual(['wavegrad', 'infergrad', 'clip-3'])
  expect(subjectName(takes, 'wavegrad')).toBe('WaveGrad')
  expect(subjectName(takes, 'mel')).toBe('the input mel')
})

async function openWithTakes(change: Parameters<typeof openReadyPage>[0] = {}) {
  const opened = await openReadyPage({ exampleId: 'second', ...change })
  await opened.page().synthesize()
  return opened
}

test('a difference is computed once, its picture kept beside the store and freed with the next', async () => {
  const { page, signals } = await openWithTakes()
  await page().refreshDifference()
  const first = page().difference
  expect(first).toMatchObject({ of: 'infergrad', from: 'recording', unit: 'dB', total: 1.5, silent: [] })
  expect(signals.difference(first?.signalId ?? '')?.bins).toBe(2)
  await page().refreshDifference()
  expect(page().difference).toBe(first)

  page().choosePair({ from: 'mel' })
  await page().refreshDifference()
  expect(page().difference).toMatchObject({ from: 'mel', unit: 'nat' })
  expect(signals.difference(first?.signalId ?? '')).toBeUndefined()

  await page().synthesize()
  const before = page().difference
  await page().refreshDifference()
  expect(page().difference?.takeIds).not.toEqual(before?.takeIds)
})

test('of two asked for together the later one is shown', async () => {
  let release = () => {}
  const waiting = new Promise<void>((resolve) => {
    release = resolve
  })
  const found = {
    frames: 1,
    bins: 1,
    hopSeconds: 1,
    unit: 'dB' as const,
    values: Float32Array.of(1),
    overTime: Float32Array.of(1),
    overFrequency: Float32Array.of(1),
    biasOverFrequency: Float32Array.of(1),
    total: 99,
    uncomparedSeconds: 0,
  }
  const difference = vi.fn<Analysis['difference']>(async () => {
    await waiting
    return found
  })
  const { page } = await openWithTakes({ analysis: { difference } })
  const slow = page().refreshDifference()
  page().choosePair({ from: 'mel' })
  await page().refreshDifference()
  release()
  await slow
  expect(page().difference).toMatchObject({ from: 'mel', total: 1.5 })
})

test('a take without a sound, and takes of different rates, are said to be so', async () => {
  const { store, page, clips } = await openWithTakes()
  const id = clips.add({ samples: new Float32Array(100), sampleRateHz: 16_000 })
  store.setState({ takes: [...page().takes, take('file', id, 'kept')] })
  page().choosePair({ of: id, from: 'infergrad' })
  await page().refreshDifference()
  expect(page().difference).toMatchObject({ of: id, silent: [id], ratesHz: [16_000, 8000] })
})

test('what cannot be compared is a problem on the page, and no old picture stays', async () => {
  const { page } = await openWithTakes()
  await page().refreshDifference()
  const failing = await openWithTakes({
    analysis: {
      difference: async () => {
        throw new Error('broken')
      },
    },
  })
  await failing.page().refreshDifference()
  expect(failing.page().difference).toBeUndefined()
  expect(failing.page().problems).toHaveLength(1)
  expect(page().problems).toHaveLength(0)
})
