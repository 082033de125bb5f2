import { expect, test } from 'vitest'
import { openReadyPage } from '../testing/fake-services.ts'

const file = (name: string) => new File([new Uint8Array(4)], name)
const names = (voice: readonly { name: string }[]) => voice.map(({ name }) => name)

test('several files become clips in their order; one that is refused costs only itself', async () => {
  const { page, clips } = await openReadyPage()
  await page().addVoiceFiles([file('a.wav'), file('bad.wav'), file('b.flac'), file('mel.npy')])
  expect(names(page().voice)).toEqual(['a.wav', 'b.flac'])
  expect(page().problems.map(({ problem }) => problem.code)).toEqual(['file-unknown', 'voice-not-audio'])
  expect(page().voiceOpening).toBeUndefined()
  const [first] = page().voice
  page().removeVoiceClip(first.id)
  expect(names(page().voice)).toEqual(['b.flac'])
  expect(clips.has(first.id)).toBe(false)
})

test('the example voice takes the place of what was there', async () => {
  const { page } = await openReadyPage()
  await page().addVoiceFiles([file('a.wav')])
  await page().useExampleVoice()
  expect(names(page().voice)).toEqual(['One.', 'Two.'])
  expect(page().voice.every(({ origin }) => origin === 'example')).toBe(true)
})

test('what is still being read when the voice is emptied is dropped', async () => {
  const { page } = await openReadyPage()
  const adding = page().addVoiceFiles([file('a.wav'), file('b.wav')])
  page().clearVoice()
  await adding
  expect(page().voice).toEqual([])
})

test('the page’s recording joins the voice, and stays when the page opens something else', async () => {
  const { page, clips } = await openReadyPage({ exampleId: 'second' })
  page().addSourceToVoice()
  expect(names(page().voice)).toEqual(['Second'])
  await page().openExample('first')
  expect(clips.has(page().voice[0].id)).toBe(true)
  page().addSourceToVoice()
  expect(page().voice).toHaveLength(1)
})

test('the microphone can be for the voice, and leaves the source alone', async () => {
  const { page } = await openReadyPage()
  const { source } = page()
  await page().startRecording('voice')
  expect(page().voice[0]).toMatchObject({ origin: 'microphone' })
  expect(page().source).toBe(source)
})
