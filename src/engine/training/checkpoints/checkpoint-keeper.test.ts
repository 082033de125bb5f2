import { expect, test } from 'vitest'
import { tinyRequest } from '../testing/tiny-training.ts'
import { CheckpointKeeper } from './checkpoint-keeper.ts'
import { type CheckpointStore, createMemoryStore } from './checkpoint-store.ts'

/** A disk in memory that can be made to refuse, as a full one does or one that may not be used. */
function refusingDisk() {
  const refusal: { name?: 'QuotaExceededError' | 'SecurityError' } = {}
  const inner = createMemoryStore()
  const disk: CheckpointStore = {
    ...inner,
    keptIn: 'disk',
    async save(...saved) {
      if (refusal.name) throw new DOMException('refused', refusal.name)
      return inner.save(...saved)
    },
  }
  return { disk, refusal }
}

function keeperOf(disk?: CheckpointStore) {
  const memory = createMemoryStore()
  const keeper = new CheckpointKeeper({ disk, memory })
  const keep = (step: number) =>
    keeper.keep(
      { sessionId: 'abc', name: 'A voice', modelId: 'tiny', step, steps: 8 },
      tinyRequest(),
      Uint8Array.of(step),
    )
  return { keeper, memory, keep }
}

test('the newest checkpoint is read, wherever it is kept', async () => {
  const { disk, refusal } = refusingDisk()
  const { keeper, memory, keep } = keeperOf(disk)
  expect(await keep(1)).toEqual({ keptIn: 'disk', reloadStep: 1 })
  refusal.name = 'QuotaExceededError'
  expect(await keep(2)).toMatchObject({ keptIn: 'memory', reloadStep: 1 })
  expect(await keeper.read('abc')).toEqual(Uint8Array.of(2))
  expect(await keeper.latest()).toMatchObject({ step: 2 })
  refusal.name = undefined
  expect(await keep(3)).toMatchObject({ keptIn: 'disk' })
  expect(await keeper.read('abc')).toEqual(Uint8Array.of(3))
  expect(await keeper.latest()).toMatchObject({ step: 3 })
  expect(await memory.read('abc')).toBeUndefined()
})

test('a full disk is reported once, and again when it fills up again', async () => {
  const { disk, refusal } = refusingDisk()
  const { keep } = keeperOf(disk)
  const codes: (string | undefined)[] = []
  for (const name of ['QuotaExceededError', 'QuotaExceededError', undefined, 'QuotaExceededError'] as const) {
    refusal.name = name
    codes.push((await keep(1)).problem?.code)
  }
  expect(codes).toEqual(['storage-full', undefined, undefined, 'storage-full'])
})

test('the remedy of a full disk says what a reload would find, which is nothing after a first save', async () => {
  const { disk, refusal } = refusingDisk()
  const { keep } = keeperOf(disk)
  refusal.name = 'QuotaExceededError'
  const first = await keep(1)
  expect(first.reloadStep).toBeUndefined()
  expect(first.problem?.remedy).toMatch(/^No checkpoint of this session is stored yet/)
  refusal.name = undefined
  await keep(2)
  refusal.name = 'QuotaExceededError'
  const later = await keep(3)
  expect(later.reloadStep).toBe(2)
  expect(later.problem?.remedy).toMatch(/^The checkpoint of step 2 is still stored/)
})

test('if the browser refuses the disk, memory keeps checkpoints without a note', async () => {
  const { disk, refusal } = refusingDisk()
  refusal.name = 'SecurityError'
  for (const refused of [disk, undefined]) {
    const { keeper, keep } = keeperOf(refused)
    expect(await keep(1)).toEqual({ keptIn: 'memory', reloadStep: undefined, problem: undefined })
    expect(await keeper.read('abc')).toEqual(Uint8Array.of(1))
  }
})

test('a removed session is stored nowhere', async () => {
  const { disk, refusal } = refusingDisk()
  const { keeper, memory, keep } = keeperOf(disk)
  await keep(1)
  refusal.name = 'QuotaExceededError'
  await keep(2)
  await keeper.remove('abc')
  expect(await memory.read('abc')).toBeUndefined()
  expect(await disk.read('abc')).toBeUndefined()
  expect(await keeper.latest()).toBeUndefined()
})
