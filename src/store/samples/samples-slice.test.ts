import { expect, test, vi } from 'vitest'
import { openFakePage } from '../testing/fake-services.ts'

test('the player gets the first clip at its own rate, at matched levels, with InferGrad selected', async () => {
  const { actions, page, samplePlayer } = openFakePage()
  await actions.samples.load()
  expect(page().samples).toMatchObject({ clipId: 'one', status: 'ready', audibleId: 'one-infergrad-2.flac' })
  expect(samplePlayer.takes.map(({ gainDb }) => gainDb)).toEqual([-3, 0])
})

test('they need no engine, and are loaded once', async () => {
  const clips = vi.fn(async () => [])
  const { actions, page } = openFakePage({ samples: { clips } })
  await Promise.all([actions.samples.load(), actions.samples.load()])
  expect(clips).toHaveBeenCalledTimes(1)
  expect(page().synthesis.engine.state).toBe('starting')
})

test('a press before the samples are there plays as soon as they are', async () => {
  let arrive = () => {}
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve
  })
  const { actions, page, samplePlayer } = openFakePage({
    samples: {
      async read() {
        await arrived
        return new Uint8Array(1)
      },
    },
  })
  void actions.samples.load()
  await vi.waitFor(() => expect(page().samples.clipId).toBe('one'))
  const playing = actions.samples.play('one-wavegrad-2.flac')
  expect(page().samples.playing).toBe(false)
  expect(samplePlayer.outputHz, 'opened within the gesture').toBe(22050)
  arrive()
  await playing
  expect(page().samples).toMatchObject({ playing: true, audibleId: 'one-wavegrad-2.flac' })
})

test('another clip replaces the one that plays', async () => {
  const { actions, page, samplePlayer } = openFakePage()
  await actions.samples.load()
  await actions.samples.play()
  await actions.samples.choose('two')
  expect(page().samples).toMatchObject({ clipId: 'two', playing: false })
  expect(samplePlayer.takes.map(({ id }) => id)).toEqual(['two-wavegrad-2.flac', 'two-infergrad-2.flac'])
})

test('missing samples are a state, not a problem of the page, and can be requested again', async () => {
  let isThere = false
  const { actions, page } = openFakePage({
    samples: {
      async read() {
        if (!isThere) throw new Error('gone')
        return new Uint8Array(1)
      },
    },
  })
  await actions.samples.load()
  expect(page().samples.status).toBe('missing')
  expect(page().problems.shown).toEqual([])
  isThere = true
  await actions.samples.load()
  expect(page().samples.status).toBe('ready')
})

test('a clip that fails to load after another was chosen does not affect that one', async () => {
  let fail = () => {}
  const failing = new Promise<never>((_, reject) => {
    fail = () => reject(new Error('gone'))
  })
  const { actions, page } = openFakePage({
    samples: { read: (file) => (file.startsWith('two') ? failing : Promise.resolve(new Uint8Array(1))) },
  })
  await actions.samples.load()
  const slow = actions.samples.choose('two')
  await actions.samples.choose('one')
  fail()
  await slow
  expect(page().samples).toMatchObject({ clipId: 'one', status: 'ready' })
})

test('samples pause the takes, and takes the samples', async () => {
  const { actions, page, player } = openFakePage()
  await actions.samples.load()
  await player.play()
  await actions.samples.play()
  expect(page().playback.playing).toBe(false)
  await player.play()
  expect(page().samples.playing).toBe(false)
})
