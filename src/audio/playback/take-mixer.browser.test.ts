// Rendered offline and compared sample by sample, because switches, loops, seeks and levels must be exact.
import { expect, test } from 'vitest'
import { fadeSeconds } from './faded-gain.ts'
import { TakeMixer, type Voice } from './take-mixer.ts'
import { leadsOf } from './web-audio-player.ts'

const sampleRateHz = 22050
const fadeFrames = Math.round(fadeSeconds * sampleRateHz)

/** A distinct value for every frame, exact in float32, so that a sample identifies its position. */
const ramp = (length: number, offset: number) => Float32Array.from({ length }, (_, i) => offset + i / 65536)
const first = ramp(8000, 0.25)
const second = ramp(8000, -0.75)
const voice = (id: string, samples: Float32Array<ArrayBuffer>, level = 0): Voice => ({ id, samples, level })

/** Renders `frames` of the mixer's output; `acts` are called at the frames of their keys (multiples of 128). */
async function render(
  frames: number,
  acts: Record<number, (mixer: TakeMixer) => void>,
  leads = { startSeconds: 0, switchSeconds: 0 },
) {
  const context = new OfflineAudioContext(1, frames, sampleRateHz)
  let ended = 0
  const mixer = new TakeMixer(context, leads, () => ended++)
  acts[0](mixer)
  for (const [frame, act] of Object.entries(acts).slice(1))
    context.suspend(Number(frame) / sampleRateHz).then(() => {
      act(mixer)
      return context.resume()
    })
  const samples = (await context.startRendering()).getChannelData(0)
  return { samples, mixer, ended: () => ended }
}

test('a switch plays one take before the crossfade and the other after it, on the same clock', async () => {
  const at = 2560
  const { samples } = await render(6000, {
    0: (mixer) => mixer.start([voice('first', first, 1), voice('second', second)]),
    [at]: (mixer) => mixer.setLevels(new Map([['second', 1]])),
  })
  expect(samples.slice(0, at)).toEqual(first.slice(0, at))
  expect(samples.slice(at + fadeFrames)).toEqual(second.slice(at + fadeFrames, 6000))
  for (let i = 0; i < fadeFrames; i++) {
    const mixed = first[at + i] + ((second[at + i] - first[at + i]) * i) / fadeFrames
    expect(samples[at + i]).toBeCloseTo(mixed, 6)
  }
})

test('switching back during a crossfade makes no jump', async () => {
  const flat = new Float32Array(4000).fill(0.5)
  const other = new Float32Array(4000).fill(-0.5)
  const { samples } = await render(4000, {
    0: (mixer) => mixer.start([voice('flat', flat, 1), voice('other', other)]),
    1024: (mixer) => mixer.setLevels(new Map([['other', 1]])),
    1152: (mixer) => mixer.setLevels(new Map([['flat', 1]])),
  })
  const steps = samples.slice(1).map((value, i) => Math.abs(value - samples[i]))
  expect(Math.max(...steps)).toBeLessThan(1.01 / fadeFrames)
  expect(samples[1024 + fadeFrames - 1]).toBeLessThan(-0.4)
  expect(samples[3000]).toBe(0.5)
})

test('a region wraps at its exact frames, repeatedly', async () => {
  // Frames whose time in seconds times the rate rounds slightly above or below them.
  for (const [startFrame, endFrame] of [
    [1001, 1379],
    [1004, 1380],
    [2000, 5999],
  ]) {
    const { samples } = await render(20000, {
      0: (mixer) => mixer.start([voice('first', first, 1)], { startFrame, endFrame }, startFrame),
    })
    const expected = Float32Array.from(
      { length: 20000 },
      (_, i) => first[startFrame + (i % (endFrame - startFrame))],
    )
    expect(samples.slice(fadeFrames)).toEqual(expected.slice(fadeFrames))
  }
})

test('a shorter take is silent at its end and keeps the loop of the longer one', async () => {
  const short = ramp(1000, 0.25)
  const { samples } = await render(6000, {
    0: (mixer) =>
      mixer.start([voice('short', short, 1), voice('long', first.slice(0, 2500))], {
        startFrame: 0,
        endFrame: 2500,
      }),
  })
  for (const loopStart of [0, 2500]) {
    expect(samples.slice(loopStart, loopStart + 1000)).toEqual(short)
    expect(samples.slice(loopStart + 1000, loopStart + 2500)).toEqual(new Float32Array(1500))
  }
})

test('a level is an exact factor', async () => {
  const level = 10 ** (-7.3 / 20)
  const { samples } = await render(2000, { 0: (mixer) => mixer.start([voice('first', first, level)]) })
  expect(samples).toEqual(first.slice(0, 2000).map((value) => value * Math.fround(level)))
})

test('adding and removing takes while playing does not affect the audible one', async () => {
  const { samples } = await render(6000, {
    0: (mixer) => mixer.start([voice('first', first.slice(0, 7000), 1)]),
    1280: (mixer) => mixer.start([voice('second', second), voice('first', first, 1)]),
    3840: (mixer) => mixer.start([voice('first', first, 1)]),
  })
  for (let i = 0; i < 6000; i++) expect(samples[i]).toBeCloseTo(first[i], 6)
  expect(samples.slice(1280 + fadeFrames, 3840)).toEqual(first.slice(1280 + fadeFrames, 3840))
})

test('a seek fades over to the exact requested frame', async () => {
  const { samples } = await render(4000, {
    0: (mixer) => mixer.start([voice('first', first, 1)]),
    1280: (mixer) => mixer.start([voice('first', first, 1)], undefined, 5001),
  })
  expect(samples.slice(1280 + fadeFrames)).toEqual(
    first.slice(5001 + fadeFrames, 5001 + fadeFrames + 4000 - 1280 - fadeFrames),
  )
})

test('until a new pass is heard, the position is that of the one before', async () => {
  const leadFrames = 256
  const positions: (number | undefined)[] = []
  await render(
    4000,
    {
      0: (mixer) => mixer.start([voice('first', first, 1)]),
      1280: (mixer) => {
        mixer.start([voice('first', first, 1)], undefined, 5001)
        for (const frame of [1280, 1535, 1536, 1600]) positions.push(mixer.positionAt(frame))
      },
    },
    { startSeconds: leadFrames / sampleRateHz, switchSeconds: 0 },
  )
  // The first pass began at frame 256 of the context, the second begins at 1280 + 256.
  expect(positions).toEqual([1280 - 256, 1535 - 256, 5001, 5001 + 64])
})

test('halting fades out and returns the position, from which starting continues with the next sample', async () => {
  let place: number | undefined
  const { samples } = await render(5000, {
    0: (mixer) => mixer.start([voice('first', first, 1)]),
    1280: (mixer) => {
      place = mixer.halt()
    },
    2560: (mixer) => mixer.start([voice('first', first, 1)], undefined, place),
  })
  expect(place).toBe(1280)
  expect(samples.slice(1280 + fadeFrames, 2560)).toEqual(new Float32Array(1280 - fadeFrames))
  expect(samples.slice(2560 + fadeFrames)).toEqual(first.slice(1280 + fadeFrames, 1280 + 5000 - 2560))
})

test('without a region it plays once and reports the end', async () => {
  const { samples, mixer, ended } = await render(9000, {
    0: (mixer) => mixer.start([voice('first', first, 1), voice('second', second)]),
  })
  expect(samples.slice(8000)).toEqual(new Float32Array(1000))
  await expect.poll(ended).toBe(1)
  expect(mixer.positionAt(8500)).toBeUndefined()
})

test('a position outside the region moves to its start', async () => {
  const region = { startFrame: 1000, endFrame: 2000 }
  for (const from of [0, 2000, 5000]) {
    const { samples } = await render(500, {
      0: (mixer) => mixer.start([voice('first', first, 1)], region, from),
    })
    expect(samples.slice(fadeFrames)).toEqual(first.slice(1000 + fadeFrames, 1500))
  }
})

test('among many takes, each switch inside a loop continues with the next sample of the other take', async () => {
  const takes = Array.from({ length: 24 }, (_, index) => ramp(8000, -1 + index / 16))
  const region = { startFrame: 1003, endFrame: 4211 }
  const length = region.endFrame - region.startFrame
  const everyFrames = 128 * 10
  const start = (mixer: TakeMixer) =>
    mixer.start(
      takes.map((samples, index) => voice(`${index}`, samples, index === 0 ? 1 : 0)),
      region,
      region.startFrame,
    )
  const switches = Object.fromEntries(
    takes.map((_, index) => [
      index * everyFrames,
      (mixer: TakeMixer) => (index === 0 ? start(mixer) : mixer.setLevels(new Map([[`${index}`, 1]]))),
    ]),
  )
  const { samples } = await render(takes.length * everyFrames, switches)
  for (const [index, take] of takes.entries()) {
    const from = index * everyFrames + fadeFrames
    const expected = Float32Array.from(
      { length: everyFrames - fadeFrames },
      (_, i) => take[region.startFrame + ((from + i) % length)],
    )
    expect(samples.slice(from, (index + 1) * everyFrames), `take ${index}`).toEqual(expected)
  }
})

test('20 ms after a switch only the other take is audible, on an output that renders 10 ms at once', async () => {
  const at = 2560
  const leads = leadsOf(0.01)
  const late = Math.ceil(leads.startSeconds * sampleRateHz)
  const { samples } = await render(
    6000,
    {
      0: (mixer) => mixer.start([voice('first', first, 1), voice('second', second)]),
      [at]: (mixer) => mixer.setLevels(new Map([['second', 1]])),
    },
    leads,
  )
  const done = at + Math.round(0.02 * sampleRateHz)
  expect(samples.slice(done)).toEqual(second.slice(done - late, 6000 - late))
})
