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

test('without a choice InferGrad is compared with the recording, or with the mel if there is no recording', () => {
  const models = [take('wavegrad'), take('infergrad'), take('griffin-lim')]
  expect(differencePair([], {})).toBeUndefined()
  expect(differencePair(models, {})).toEqual({ of: 'infergrad', from: 'mel' })
  expect(differencePair([...models, take('recording')], {})).toEqual({ of: 'infergrad', from: 'recording' })
  expect(differencePair([take('recording')], {})).toEqual({ of: 'recording', from: 'mel' })
  expect(differencePair([take('infergrad', 'clip-9', 'kept')], {})).toEqual({ of: 'clip-9', from: 'mel' })
})

test('a choice holds while its takes exist, even if one is made again, and never compares a take with itself', () => {
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
  await opened.actions.synthesis.run()
  return opened
}

test('a difference is computed once, its picture kept beside the store and freed with the next', async () => {
  const { actions, page, signals } = await openWithTakes()
  await actions.differences.refresh()
  const first = page().differences.shown
  expect(first).toMatchObject({ of: 'infergrad', from: 'recording', unit: 'dB', total: 1.5, silent: [] })
  expect(signals.difference(first?.signalId ?? '')?.bins).toBe(2)
  await actions.differences.refresh()
  expect(page().differences.shown).toBe(first)

  actions.differences.choose({ from: 'mel' })
  await actions.differences.refresh()
  expect(page().differences.shown).toMatchObject({ from: 'mel', unit: 'nat' })
  expect(signals.difference(first?.signalId ?? '')).toBeUndefined()

  await actions.synthesis.run()
  const before = page().differences.shown
  await actions.differences.refresh()
  expect(page().differences.shown?.takeIds).not.toEqual(before?.takeIds)
})

test('of two overlapping requests, the later one is shown', async () => {
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
  const { actions, page } = await openWithTakes({ analysis: { difference } })
  const slow = actions.differences.refresh()
  actions.differences.choose({ from: 'mel' })
  await actions.differences.refresh()
  release()
  await slow
  expect(page().differences.shown).toMatchObject({ from: 'mel', total: 1.5 })
})

test('silent takes and takes of different rates are noted', async () => {
  const { actions, change, page, clips } = await openWithTakes()
  const id = clips.add({ samples: new Float32Array(100), sampleRateHz: 16_000 })
  change('takes', { all: [...page().takes.all, take('file', id, 'kept')] })
  actions.differences.choose({ of: id, from: 'infergrad' })
  await actions.differences.refresh()
  expect(page().differences.shown).toMatchObject({ of: id, silent: [id], ratesHz: [16_000, 8000] })
})

test('a failed comparison is reported, and the previous picture is removed', async () => {
  const { actions, page } = await openWithTakes()
  await actions.differences.refresh()
  const failing = await openWithTakes({
    analysis: {
      difference: async () => {
        throw new Error('broken')
      },
    },
  })
  await failing.actions.differences.refresh()
  expect(failing.page().differences.shown).toBeUndefined()
  expect(failing.page().problems.shown).toHaveLength(1)
  expect(page().problems.shown).toHaveLength(0)
})
