import { expect, test } from 'vitest'
import { fakeAudioFile, fakeMelFile } from '../testing/fake-analysis.ts'
import { openReadyPage } from '../testing/fake-services.ts'
import { channelText, levelText, recordingTitle } from './recording-notes.ts'

const file = (name: string) => new File(['?'], name)

test('the treatment of the channels is described, unless there is only one', () => {
  expect(channelText('a.wav', { count: 1, used: [0], differ: false })).toBeUndefined()
  expect(channelText('a.wav', { count: 2, used: [0, 1], differ: false })).toBe(
    'a.wav has 2 channels, which were mixed.',
  )
  expect(channelText('a.wav', { count: 2, used: [1], differ: true })).toContain('channel 2 is used')
  expect(channelText('a.wav', { count: 6, used: [0, 2], differ: true })).toContain('channels 1, 3 are mixed')
})

test('a change of level is described with its size', () => {
  expect(levelText({ gainDb: 0, clippedPlaces: 0 })).toBeUndefined()
  expect(levelText({ gainDb: -18.04, clippedPlaces: 0 })).toContain(
    'exceeds full scale, so it was lowered by 18.0 dB',
  )
  expect(levelText({ gainDb: 30, clippedPlaces: 0 })).toContain('very quiet, so it was raised by 30.0 dB')
  expect(levelText({ gainDb: 0, clippedPlaces: 1 })).toContain('clipped in one place')
  expect(levelText({ gainDb: 0, clippedPlaces: 12 })).toContain('clipped in 12 places')
})

test('the page says that it chose a channel and changed the level, and reads another channel on demand', async () => {
  const asked: (number | undefined)[] = []
  const { actions, page } = await openReadyPage({
    analysis: {
      async open({ name, channel }) {
        if (name !== 'right.wav') return fakeMelFile
        asked.push(channel)
        const channels = { count: 2, used: [channel ?? 1], differ: true }
        return { ...fakeAudioFile, channels, gainDb: 20 }
      },
    },
  })
  await actions.source.openFile(file('right.wav'))
  expect(page().problems.notes).toEqual([
    expect.stringContaining('raised by 20.0 dB'),
    expect.stringMatching(/^right\.wav has 2 channels.*channel 2 is used/),
  ])
  expect(page().source.current?.channels?.used).toEqual([1])
  actions.problems.dismissNotes()
  await actions.source.chooseChannel(0)
  expect(asked).toEqual([undefined, 0])
  expect(page().source.current).toMatchObject({ title: 'right.wav', channels: { used: [0] } })
  expect(page().problems.notes).toEqual([expect.stringContaining('raised by 20.0 dB')])
  await actions.source.openFile(file('mel.npy'))
  await actions.source.chooseChannel(1)
  expect(asked).toHaveLength(2)
})

test('a recording is named by its time of day, the same in every locale', () => {
  expect(recordingTitle(new Date(2026, 0, 2, 18, 4, 5))).toBe('Recording of 18:04:05')
})
