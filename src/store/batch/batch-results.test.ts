import { expect, test } from 'vitest'
import { readZip } from '../../io/zip/zip-reader.ts'
import { openReadyPage } from '../testing/fake-services.ts'

const file = (name: string) => new File([new Uint8Array(4)], name)

test('the archive holds the table, and every WAV under a unique name in a folder of its system', async () => {
  const { actions, page } = await openReadyPage()
  actions.batch.chooseSystem('griffin-lim', false)
  actions.batch.addFiles([file('a.npy'), file('A.wav'), file('bad:.txt')])
  await actions.batch.start()
  const zip = await actions.batch.asZip()
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
  const { actions, page } = await openReadyPage()
  actions.batch.addFiles([file('a.npy')])
  await actions.batch.start()
  const packing = actions.batch.asZip()
  actions.batch.cancelZip()
  expect(await packing).toBeUndefined()
  expect(page().batch.packing).toBeUndefined()
  expect(page().problems.shown).toEqual([])
})

test('the outputs of a file play on one clock, at one level; another file starts from the beginning', async () => {
  const { actions, page, batchPlayer } = await openReadyPage()
  actions.batch.addFiles([file('a.npy'), file('b.npy')])
  await actions.batch.start()
  const [first, second] = page().batch.items
  await actions.batch.playOrPause(first.id, 'infergrad')
  expect(batchPlayer.takes.map(({ id }) => id)).toEqual(['wavegrad', 'infergrad', 'griffin-lim'])
  expect(batchPlayer.state).toMatchObject({ playing: true, audibleId: 'infergrad' })
  expect(batchPlayer.takes.every(({ gainDb }) => gainDb <= 0)).toBe(true)
  expect(page().batch).toMatchObject({ playing: true, audible: { itemId: first.id, system: 'infergrad' } })
  await actions.batch.playOrPause(first.id, 'infergrad')
  expect(page().batch.playing).toBe(false)
  await actions.batch.playOrPause(second.id, 'wavegrad')
  expect(page().batch.audible?.itemId).toBe(second.id)
  actions.batch.remove(second.id)
  expect(batchPlayer.takes).toEqual([])
  expect(page().batch).toMatchObject({ playing: false, audible: undefined })
})
