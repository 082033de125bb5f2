import { expect, test } from 'vitest'
import { fakeFigures } from '../testing/fake-analysis.ts'
import { openReadyPage } from '../testing/fake-services.ts'

test('every step of both models is kept: pictures, sound at one level on one clock, figures to the recording', async () => {
  const { actions, page, clips, signals, denoisingPlayer } = await openReadyPage({ exampleId: 'second' })
  await actions.denoising.run()
  const { strips, figure: kind, progress } = page().denoising
  expect(progress).toBeUndefined()
  expect(kind).toBe('lsd')
  expect(strips.map(({ name, steps, frames }) => [name, steps, frames.length])).toEqual([
    ['WaveGrad', 2, 3],
    ['InferGrad', 2, 3],
  ])
  const frames = strips.flatMap((strip) => strip.frames)
  expect(frames.map(({ step }) => step)).toEqual([0, 1, 2, 0, 1, 2])
  for (const { id, spectrogramId, figure } of frames) {
    expect(clips.has(id)).toBe(true)
    expect(signals.spectrogram(spectrogramId)).toBeDefined()
    expect(figure).toBe(10)
  }
  expect(denoisingPlayer.takes.map(({ id }) => id)).toEqual(frames.map(({ id }) => id))
  // The last frames are at −20 and −14 dB; noise at −40 dB is too far below them for loudness matching.
  expect(denoisingPlayer.takes[5].gainDb).toBeCloseTo(denoisingPlayer.takes[2].gainDb - 6.02, 1)
  await actions.denoising.playFrame(frames[4].id)
  expect(page().denoising).toMatchObject({ playing: true, audibleFrameId: frames[4].id })
  actions.denoising.pause()
  expect(page().denoising.playing).toBe(false)
})

test('the steps are made with the corrections of the settings', async () => {
  const asked: unknown[] = []
  const { actions, page } = await openReadyPage({
    search: '?corrections=4',
    engine: {
      async synthesize({ corrections }) {
        asked.push(corrections)
        const samples = new Float32Array(24).fill(0.1)
        return { samples, estimates: [samples], sampleRateHz: 8000, elapsedSeconds: 1, backend: 'cpu' }
      },
    },
  })
  await actions.denoising.run()
  expect(asked).toEqual([
    { count: 4, momentum: 0, scope: 'all' },
    { count: 4, momentum: 0, scope: 'all' },
  ])
  expect(page().denoising.strips[0].corrections).toEqual({ count: 4, momentum: 0, scope: 'all', asked: true })
})

test('without a recording the figure is the distance of a step from the last one', async () => {
  const { actions, page } = await openReadyPage()
  await actions.denoising.run()
  expect(page().denoising).toMatchObject({ figure: 'to-the-end' })
  expect(page().denoising.strips[0].frames[1].figure).toBe(1.5)
})

test('another source removes the strips and frees their samples', async () => {
  const { actions, page, clips, signals, denoisingPlayer } = await openReadyPage()
  await actions.denoising.run()
  const frames = page().denoising.strips.flatMap((strip) => strip.frames)
  await actions.source.openExample('second')
  expect(page().denoising.strips).toEqual([])
  expect(denoisingPlayer.takes).toEqual([])
  for (const { id, spectrogramId } of frames) {
    expect(clips.has(id)).toBe(false)
    expect(signals.spectrogram(spectrogramId)).toBeUndefined()
  }
})

test('new strips replace the earlier ones, whose samples are freed', async () => {
  const { actions, page, clips } = await openReadyPage()
  await actions.denoising.run()
  const before = page().denoising.strips[0].frames[0].id
  await actions.denoising.run()
  expect(clips.has(before)).toBe(false)
  expect(page().denoising.strips).toHaveLength(2)
})

test('a cancel keeps the finished strips, and reports nothing', async () => {
  const { actions, page } = await openReadyPage({
    engine: {
      async synthesize({ modelId }, { signal } = {}) {
        if (modelId === 'infergrad-frames') {
          actions.denoising.cancel()
          signal?.throwIfAborted()
        }
        const samples = new Float32Array(24).fill(0.1)
        const estimates = [samples.slice(), samples.slice(), samples]
        return { samples, estimates, sampleRateHz: 8000, elapsedSeconds: 1, backend: 'cpu' }
      },
    },
  })
  await actions.denoising.run()
  expect(page().denoising.strips.map(({ name }) => name)).toEqual(['WaveGrad'])
  expect(page().denoising.progress).toBeUndefined()
  expect(page().problems.shown).toEqual([])
})

test('a step that cannot be measured, such as silence, has no figure; the others have theirs', async () => {
  let calls = 0
  const { actions, page } = await openReadyPage({
    exampleId: 'second',
    analysis: {
      async compare() {
        if (calls++ === 0) return { problem: { code: 'compare-silence', message: 'Silent.' } }
        return { quality: { against: 'recording', figures: { ...fakeFigures, lsdDb: 2 } } }
      },
    },
  })
  await actions.denoising.run()
  expect(page().denoising.strips[0].frames.map(({ figure }) => figure)).toEqual([Number.NaN, 2, 2])
  expect(page().problems.shown).toEqual([])
})

test('an input that is too long to keep every step, or too many steps, are refused with what is accepted', async () => {
  const { actions, page, change } = await openReadyPage()
  const source = page().source.current
  change('source', { current: source && { ...source, durationSeconds: 400 } })
  await actions.denoising.run()
  expect(page().denoising.strips).toEqual([])
  expect(page().problems.shown[0].problem).toMatchObject({
    code: 'denoising-too-long',
    accepted: expect.stringContaining('166 s'),
  })
})
