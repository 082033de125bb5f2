/** Runs that end early: cancelled, failed, or refused before they begin. */
import { expect, test, vi } from 'vitest'
import { ProblemError } from '../../base/problem.ts'
import { fakeSpeech, openReadyPage } from '../testing/fake-services.ts'

const outOfMemory = new ProblemError({ code: 'out-of-memory', message: 'No memory.' })

/** Returns a promise that settles only when it is cancelled. */
function untilCancelled(signal?: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
}

test('a cancel ends the run, keeps the earlier takes, and is no problem', async () => {
  let patient = false
  const { actions, page } = await openReadyPage({
    engine: {
      async synthesize(_, { signal } = {}) {
        if (patient) return untilCancelled(signal)
        return fakeSpeech(0)
      },
    },
    analysis: {
      griffinLim: async (_, { signal } = {}) => {
        if (patient) await untilCancelled(signal)
        return { samples: new Float32Array(24), sampleRateHz: 8000 }
      },
    },
  })
  await actions.synthesis.run()
  const before = page().takes.all.map(({ id }) => id)
  patient = true
  const running = actions.synthesis.run()
  await vi.waitFor(() => expect(page().synthesis.runs?.some(({ state }) => state === 'running')).toBe(true))
  actions.synthesis.cancel()
  await running
  expect(page().synthesis.runs).toBeUndefined()
  expect(page().problems.shown).toEqual([])
  expect(page().takes.all.map(({ id }) => id)).toEqual(before)
})

test('when one model fails, the others continue, and its earlier take stays', async () => {
  let broken = false
  const { actions, page } = await openReadyPage({
    engine: {
      async synthesize({ modelId }) {
        if (broken && modelId === 'wavegrad-frames') throw outOfMemory
        return fakeSpeech(0)
      },
    },
  })
  await actions.synthesis.run()
  const [earlierWavegrad, earlierInfergrad] = page().takes.all
  broken = true
  await actions.synthesis.run()
  expect(page().takes.all[0].id).toBe(earlierWavegrad.id)
  expect(page().takes.all[1].id).not.toBe(earlierInfergrad.id)
  expect(page().problems.shown.map(({ problem }) => problem.code)).toEqual(['out-of-memory'])
  broken = false
  await actions.problems.retry(page().problems.shown[0].id)
  expect(page().problems.shown).toEqual([])
  expect(page().takes.all[0].id).not.toBe(earlierWavegrad.id)
})

test('betas that cannot be read start nothing', async () => {
  const synthesize = vi.fn(() => untilCancelled())
  const { actions, page } = await openReadyPage({ engine: { synthesize } })
  actions.synthesis.changeSettings({ steps: 'custom', customBetas: '0.1, 2' })
  await actions.synthesis.run()
  expect(synthesize).not.toHaveBeenCalled()
  expect(page().problems.shown[0].problem.code).toBe('betas-invalid')
})

test('a number of steps without a schedule is refused with a list of the possible ones', async () => {
  const { actions, page } = await openReadyPage({ search: '?steps=6' })
  await actions.synthesis.run()
  expect(page().problems.shown[0].problem).toMatchObject({ code: 'schedule-missing', accepted: '2' })
})
