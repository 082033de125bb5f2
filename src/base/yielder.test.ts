import { expect, test, vi } from 'vitest'
import { createYielder } from './yielder.ts'

const busyMs = (milliseconds: number) => {
  const end = performance.now() + milliseconds
  while (performance.now() < end);
}

test('a busy loop lets timers run, and stops when one of them cancels', async () => {
  const controller = new AbortController()
  setTimeout(() => controller.abort(new Error('any reason')), 0)
  const yieldNow = createYielder({ signal: controller.signal })
  const loop = async () => {
    for (let turn = 0; turn < 100; turn++) {
      busyMs(10)
      await yieldNow(turn / 100)
    }
  }
  await expect(loop()).rejects.toMatchObject({ name: 'AbortError' })
})

test('short work does not wait for the event loop', async () => {
  const timer = vi.fn()
  setTimeout(timer, 0)
  const yieldNow = createYielder()
  for (let turn = 0; turn < 10; turn++) await yieldNow(0)
  expect(timer).not.toHaveBeenCalled()
})

test('progress is reported', async () => {
  const onProgress = vi.fn()
  const yieldNow = createYielder({ onProgress })
  await yieldNow(0.25)
  expect(onProgress).toHaveBeenCalledExactlyOnceWith(0.25)
})
