import { strFromU8, unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { openReadyPage } from '../testing/fake-services.ts'

test('the archive has a WAV of every take under a name of its own, and a table', async () => {
  const page = await openReadyPage({ exampleId: 'second' })
  await page.actions.synthesis.run()
  const [infergrad] = page.page().takes.all.filter(({ system }) => system === 'infergrad')
  page.actions.takes.keep(infergrad.id, true)
  await page.actions.synthesis.run()
  const file = await page.actions.takes.asZip('pcm16')
  expect(file?.name).toBe('second-takes.zip')
  const bytes = new Uint8Array(await new Blob([file?.bytes ?? '']).arrayBuffer())
  const entries = unzipSync(bytes)
  expect(Object.keys(entries).sort()).toEqual([
    'second-griffin-lim.wav',
    'second-infergrad-frames-2-steps-seed-1-2.wav',
    'second-infergrad-frames-2-steps-seed-1.wav',
    'second-recording.wav',
    'second-wavegrad-frames-2-steps-seed-1.wav',
    'takes.csv',
  ])
  expect(entries['second-recording.wav'].length).toBe(44)
  const lines = strFromU8(entries['takes.csv']).trimEnd().split('\r\n')
  expect(lines).toHaveLength(1 + 5)
  expect(lines[1]).toMatch(
    /^second-wavegrad-frames-2-steps-seed-1\.wav,WaveGrad,wavegrad-frames,0\.01 0\.5,16,0\.9,all,1,/,
  )
})

test('nothing is packed without takes, and a failure to encode is reported', async () => {
  const page = await openReadyPage({
    analysis: {
      encodeWav: async () => {
        throw new Error('no room')
      },
    },
  })
  expect(await page.actions.takes.asZip('pcm16')).toBeUndefined()
  expect(page.page().problems.shown).toEqual([])
  await page.actions.synthesis.run()
  expect(await page.actions.takes.asZip('pcm16')).toBeUndefined()
  expect(page.page().problems.shown).toHaveLength(1)
})
