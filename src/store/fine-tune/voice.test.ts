import { expect, test } from 'vitest'
import { openReadyPage } from '../testing/fake-services.ts'

const file = (name: string) => new File([new Uint8Array(4)], name)
const names = (voice: readonly { name: string }[]) => voice.map(({ name }) => name)

test('several files become clips in their order; a refused one does not affect the others', async () => {
  const { actions, page, clips } = await openReadyPage()
  await actions.training.addVoiceFiles([file('a.wav'), file('bad.wav'), file('b.flac'), file('mel.npy')])
  expect(names(page().training.voice)).toEqual(['a.wav', 'b.flac'])
  expect(page().problems.shown.map(({ problem }) => problem.code)).toEqual([
    'file-unknown',
    'voice-not-audio',
  ])
  expect(page().training.voiceOpening).toBeUndefined()
  const [first] = page().training.voice
  actions.training.removeVoiceClip(first.id)
  expect(names(page().training.voice)).toEqual(['b.flac'])
  expect(clips.has(first.id)).toBe(false)
})

test('the example voice replaces the earlier clips', async () => {
  const { actions, page } = await openReadyPage()
  await actions.training.addVoiceFiles([file('a.wav')])
  await actions.training.openExampleVoice()
  expect(names(page().training.voice)).toEqual(['One.', 'Two.'])
  expect(page().training.voice.every(({ origin }) => origin === 'example')).toBe(true)
})

test('files that are still being read when the voice is emptied are dropped', async () => {
  const { actions, page } = await openReadyPage()
  const adding = actions.training.addVoiceFiles([file('a.wav'), file('b.wav')])
  actions.training.clearVoice()
  await adding
  expect(page().training.voice).toEqual([])
})

test('the page’s recording joins the voice, and stays when the page opens something else', async () => {
  const { actions, page, clips } = await openReadyPage({ exampleId: 'second' })
  actions.training.addSourceToVoice()
  expect(names(page().training.voice)).toEqual(['Second'])
  await actions.source.openExample('first')
  expect(clips.has(page().training.voice[0].id)).toBe(true)
  actions.training.addSourceToVoice()
  expect(page().training.voice).toHaveLength(1)
})

test('a recording can be for the voice, and then leaves the source alone', async () => {
  const { actions, page } = await openReadyPage()
  const source = page().source.current
  await actions.source.startRecording('voice')
  expect(page().training.voice[0]).toMatchObject({ origin: 'microphone' })
  expect(page().source.current).toBe(source)
})
