import { expect, test } from 'vitest'
import { WebStreamPlayer } from './stream-player.ts'

type Scheduled = { readonly at: number; readonly samples: Float32Array; onended: () => void }

/** The parts of an AudioContext that the player uses, on a clock that the test moves. */
class FakeContext {
  currentTime = 0
  state = 'suspended'
  readonly destination = {}
  readonly scheduled: Scheduled[] = []
  async resume() {
    await undefined
    if (this.state === 'closed') throw new Error('InvalidStateError')
    this.state = 'running'
    setTimeout(() => {
      this.currentTime += 0.01
    })
  }
  async close() {
    this.state = 'closed'
  }
  createBuffer(_channels: number, length: number, sampleRate: number) {
    const samples = new Float32Array(length)
    return {
      duration: length / sampleRate,
      samples,
      copyToChannel: (from: Float32Array) => samples.set(from),
    }
  }
  createBufferSource() {
    const source = {
      buffer: { samples: new Float32Array() },
      onended: () => {},
      connect() {},
      start: (at: number) =>
        this.scheduled.push({ at, samples: source.buffer.samples, onended: () => source.onended() }),
    }
    return source
  }
}

function playerOnFake() {
  const contexts: FakeContext[] = []
  const player = new WebStreamPlayer(() => {
    const context = new FakeContext()
    contexts.push(context)
    return context as unknown as AudioContext
  })
  return { player, contexts }
}

const piece = (value: number) => new Float32Array(100).fill(value)

test('pieces play one after the other, including those that arrive later, until the last has ended', async () => {
  const { player, contexts } = playerOnFake()
  player.open(100)
  player.append(piece(1))
  player.append(piece(2))
  await player.play()
  const [{ scheduled }] = contexts
  player.append(piece(3))
  expect(scheduled.map(({ samples }) => samples[0])).toEqual([1, 2, 3])
  const [first, second, third] = scheduled.map(({ at }) => at)
  expect(second - first).toBeCloseTo(1, 9)
  expect(third - second).toBeCloseTo(1, 9)
  player.finish()
  for (const { onended } of scheduled) {
    expect(player.state.playing).toBe(true)
    onended()
  }
  expect(player.state.playing).toBe(false)
  expect(contexts[0].state).toBe('closed')
  await player.play()
  expect(contexts).toHaveLength(1)
})

test('after a gap the next piece plays as soon as possible, not in the past', async () => {
  const { player, contexts } = playerOnFake()
  player.open(100)
  player.append(piece(1))
  await player.play()
  contexts[0].currentTime = 9
  player.append(piece(2))
  expect(contexts[0].scheduled[1].at).toBeGreaterThan(9)
})

test('a pause silences it, and it plays again from the beginning', async () => {
  const { player, contexts } = playerOnFake()
  const seen: boolean[] = []
  player.onChange(({ playing }) => seen.push(playing))
  player.open(100)
  player.append(piece(1))
  await player.play()
  player.pause()
  player.append(piece(2))
  expect(contexts[0].scheduled).toHaveLength(1)
  await player.play()
  expect(contexts[1].scheduled.map(({ samples }) => samples[0])).toEqual([1, 2])
  expect(seen).toEqual([true, false, true])
})

test('a signal that is complete while the output starts is played', async () => {
  const { player, contexts } = playerOnFake()
  player.open(100)
  player.append(piece(1))
  const started = player.play()
  player.finish()
  await started
  expect(player.state.playing).toBe(true)
  expect(contexts[0].scheduled).toHaveLength(1)
})

test('a pause while the output starts is no error', async () => {
  const { player, contexts } = playerOnFake()
  player.open(100)
  player.append(piece(1))
  const started = player.play()
  player.pause()
  await expect(started).resolves.toBeUndefined()
  expect(player.state.playing).toBe(false)
  expect(contexts[0].scheduled).toHaveLength(0)
})

test('another signal ends the previous one, and without a piece there is nothing to play', async () => {
  const { player, contexts } = playerOnFake()
  player.open(100)
  await player.play()
  expect(contexts).toHaveLength(0)
  player.append(piece(1))
  await player.play()
  player.open(200)
  expect(player.state.playing).toBe(false)
  await player.play()
  expect(contexts).toHaveLength(1)
})
