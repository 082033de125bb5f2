import { expect, test, vi } from 'vitest'
import { openReadyPage } from '../testing/fake-services.ts'

async function openSnapshots() {
  const opened = await openReadyPage({ exampleId: 'second' })
  const add = (value: number) =>
    opened.clips.add({ samples: new Float32Array(24).fill(value), sampleRateHz: 8000 })
  const placeSnapshot = opened.actions.training.placeSnapshot
  placeSnapshot({ id: add(0.4), step: 50 })
  placeSnapshot({ id: add(0.2) })
  placeSnapshot({ id: add(0.1), step: 0 })
  return { ...opened, add }
}

test('the recording comes first, then the steps, all at one level', async () => {
  const { page, snapshotPlayer } = await openSnapshots()
  expect(page().training.snapshots.map(({ step }) => step)).toEqual([undefined, 0, 50])
  await vi.waitFor(() =>
    expect(snapshotPlayer.takes.map(({ gainDb }) => Math.round(gainDb))).toEqual([-6, 0, -12]),
  )
})

test('a snapshot of the same step replaces the earlier one, also while it plays', async () => {
  const { actions, page, clips, add } = await openSnapshots()
  const old = page().training.snapshots[2].id
  actions.training.selectSnapshot(old)
  actions.training.placeSnapshot({ id: add(0.3), step: 50 })
  expect(page().training.snapshots).toHaveLength(3)
  expect(page().training.audibleSnapshotId).toBe(page().training.snapshots[2].id)
  expect(clips.has(old)).toBe(false)
})

test('takes and snapshots never play together', async () => {
  const { actions, page } = await openSnapshots()
  await actions.playback.play()
  await actions.training.playSnapshots()
  expect([page().playback.playing, page().training.snapshotsPlaying]).toEqual([false, true])
  await actions.playback.play()
  expect([page().playback.playing, page().training.snapshotsPlaying]).toEqual([true, false])
})
