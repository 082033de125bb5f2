import { afterEach, expect, test } from 'vitest'
import { type DiskFault, fullWrites } from '../testing/broken-disk.ts'
import type { Saving } from '../testing/saving-worker.ts'
import { tinyRequest } from '../testing/tiny-training.ts'
import { createDiskStore } from './disk-store.ts'

const sessionId = 'for-tests'
const savers: Worker[] = []
afterEach(async () => {
  for (const worker of savers.splice(0)) worker.terminate()
  await createDiskStore().remove(sessionId)
})

/** Saves a checkpoint of so many bytes, each of the value of its step, in a worker. Returns what became of it. */
function createSaver() {
  const worker = new Worker(new URL('../testing/saving-worker.ts', import.meta.url), { type: 'module' })
  savers.push(worker)
  const session = { sessionId, name: 'A voice', modelId: 'tiny-energy-v', steps: 9 }
  return async (step: number, bytes: number, fault?: DiskFault) => {
    const saving: Saving = { session: { ...session, step }, request: tinyRequest(), bytes, fault }
    worker.postMessage(saving)
    return new Promise<string>((resolve) =>
      worker.addEventListener('message', ({ data }) => resolve(data), { once: true }),
    )
  }
}

/** Returns what a newly loaded page finds. */
async function afterReload() {
  const disk = createDiskStore()
  const latest = await disk.latest()
  return {
    step: latest?.step,
    newestStep: await disk.newestStep(sessionId),
    bytes: await disk.read(sessionId),
  }
}

const whole = (step: number, bytes: number) => ({
  step,
  newestStep: step,
  bytes: new Uint8Array(bytes).fill(step),
})
const nothing = { step: undefined, newestStep: undefined, bytes: undefined }

test('a checkpoint that is shorter than the one that it replaces is whole', async () => {
  const save = createSaver()
  for (const [step, bytes] of [
    [1, 3000],
    [2, 2000],
    [3, 1000],
    [4, 500],
  ])
    expect(await save(step, bytes)).toBe('saved')
  expect(await afterReload()).toEqual(whole(4, 500))
})

const points = 20
const checkpointBytes = 2000
const fullDisks = Object.keys(fullWrites).filter(
  (name): name is keyof typeof fullWrites => name in fullWrites,
)

test.each(fullDisks)(
  `a disk that is full at ${points} points of a save and reports %s keeps the checkpoint before`,
  async (result) => {
    const save = createSaver()
    let kept = 1
    expect(await save(kept, checkpointBytes)).toBe('saved')
    for (let point = 0; point < points; point++) {
      const roomBytes = Math.floor((point / points) * checkpointBytes)
      const failed = await save(kept + 1, checkpointBytes, { kind: 'full', roomBytes, result })
      expect(failed, `${roomBytes} bytes of room`).toBe('QuotaExceededError')
      expect(await afterReload()).toEqual(whole(kept, checkpointBytes))
      // With room again, the next save is the one that a reload finds.
      kept += 1
      expect(await save(kept, checkpointBytes)).toBe('saved')
      expect(await afterReload()).toEqual(whole(kept, checkpointBytes))
    }
  },
)

test.each(['createSyncAccessHandle', 'truncate', 'flush', 'put'] as const)(
  'a full disk that shows only at %s keeps the checkpoint before, several times in a row',
  async (method) => {
    const save = createSaver()
    await save(1, checkpointBytes)
    await save(2, checkpointBytes)
    for (const step of [3, 4, 5]) {
      expect(await save(step, checkpointBytes, { kind: 'throws', method })).toBe('QuotaExceededError')
      expect(await afterReload()).toEqual(whole(2, checkpointBytes))
    }
    expect(await save(6, checkpointBytes)).toBe('saved')
    expect(await afterReload()).toEqual(whole(6, checkpointBytes))
  },
)

test('a first save that fails leaves nothing that a reload would take for a checkpoint', async () => {
  const save = createSaver()
  const fault: DiskFault = { kind: 'full', roomBytes: 700, result: 'a negative number' }
  expect(await save(1, checkpointBytes, fault)).toBe('QuotaExceededError')
  expect(await afterReload()).toEqual(nothing)
  // The next worker knows nothing of the first.
  expect(await createSaver()(2, checkpointBytes)).toBe('saved')
  expect(await afterReload()).toEqual(whole(2, checkpointBytes))
})
