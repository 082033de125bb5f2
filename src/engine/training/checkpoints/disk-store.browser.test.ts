import { afterEach, expect, test } from 'vitest'
import { tinyRequest } from '../testing/tiny-training.ts'
import { createDiskStore } from './disk-store.ts'

const disk = createDiskStore()
const sessionId = 'shrinking'
afterEach(() => disk.remove(sessionId))

/** Saves a checkpoint of so many bytes, each of the value of its step, in a worker. */
function createSaver() {
  const worker = new Worker(new URL('../testing/saving-worker.ts', import.meta.url), { type: 'module' })
  const session = { sessionId, name: 'A voice', modelId: 'tiny-energy-v', steps: 9 }
  return {
    async save(step: number, bytes: number) {
      worker.postMessage({ session: { ...session, step }, request: tinyRequest(), bytes })
      await new Promise((resolve) => worker.addEventListener('message', resolve, { once: true }))
    },
    end: () => worker.terminate(),
  }
}

test('a checkpoint that is shorter than the one that it goes over is whole', async () => {
  const saver = createSaver()
  for (const [step, bytes] of [
    [1, 3000],
    [2, 2000],
    [3, 1000],
    [4, 500],
  ])
    await saver.save(step, bytes)
  saver.end()
  expect(await disk.latest()).toMatchObject({ step: 4, bytes: 500 })
  expect(await disk.read(sessionId)).toEqual(new Uint8Array(500).fill(4))
})
