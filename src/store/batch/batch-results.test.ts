import { expect, test } from 'vitest'
import { readZip } from '../../io/zip/zip-reader.ts'
import { openReadyPage } from '../testing/fake-services.ts'

const file = (name: string) => new File([new Uint8Array(4)], name)

test('the archive holds every WAV in a folder of its system, names told apart, and the table', async () => {
  const { page } = await openReadyPage()
  page().chooseBatchSystem('griffin-lim', false)
  page().addBatchFiles([file('a.npy'), file('A.wav'), file('bad:.txt')])
  await page().startBatch()
  const zip = await page().batchAsZip()
  const bytes = new Uint8Array(await new Blob([zip?.bytes ?? '']).arrayBuffer())
  const names = readZip(bytes, (_, message) => {
    throw new Error(message)
  })
  expect(names.map(({ name }) => name)).toEqual([
    'figures.csv',
    'wavegrad-frames-2-steps-seed-1/a.wav',
    'infergrad-frames-2-steps-seed-1/a.wav',
    'wavegrad-frames-2-steps-seed-1/A (2).wav',
    'infergrad-frames-2-steps-seed-1/A (2).wav',
  ])
  expect(names[1].read()).toHaveLength(44)
  expect(new TextDecoder().decode(names[0].read())).toContain('\r\nbad:.txt,')
  expect(page().batch.packing).toBeUndefined()
})

test('an archive can be cancelled while it is made', async () => {
  const { page } = await openReadyPage()
  page().addBatchFiles([file('a.npy')])
  await page().startBatch()
  const packing = page().batchAsZip()
  page().cancelBatchZip()
  expect(await packing).toBeUndefined()
  expect(page().batch.packing).toBeUndefined()
  expect(page().problems).toEqual([])
})

test('all that was made of a file is heard on one clock, at one level; another file begins anew', async () => {
  const { page, batchPlayer } = await openReadyPage()
  page().addBatchFiles([file('a.npy'), file('b.npy')])
  await page().startBatch()
  const [first, second] = page().batch.items
  await page().hearBatch(first.id, 'infergrad')
  expect(batchPlayer.takes.map(({ id }) => id)).toEqual(['wavegrad', 'infergrad', 'griffin-lim'])
  expect(batchPlayer.state).toMatchObject({ playing: true, audibleId: 'infergrad' })
  expect(batchPlayer.takes.every(({ gainDb }) => gainDb <= 0)).toBe(true)
  expect(page().batch).toMatchObject({ playing: true, heard: { itemId: first.id, system: 'infergrad' } })
  await page().hearBatch(first.id, 'infergrad')
  expect(page().batch.playing).toBe(false)
  await page().hearBatch(second.id, 'wavegrad')
  expect(page().batch.heard?.itemId).toBe(second.id)
  page().removeBatchItem(second.id)
  expect(batchPlayer.takes).toEqual([])
  expect(page().batch).toMatchObject({ playing: false, heard: undefined })
})
