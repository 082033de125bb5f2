/**
 * The recordings to fine-tune on: files, the microphone, the page's own recording, the bundled voice. If one of several
 * files is rejected, the others are still added.
 */
import type { Clip } from '../../audio/clip-library.ts'
import { type Problem, ProblemError } from '../../base/problem.ts'
import { blobOf, type NamedBlob, readable } from '../file-bytes.ts'
import { areMels } from '../files/mels-text.ts'
import { readAudioFile } from '../open-file.ts'
import type { Slice, SliceContext } from '../slice.ts'
import { channelText, cutText, recordingTitle } from '../source/recording-notes.ts'
import type { VoiceActions, VoiceClip, VoiceState } from './training-state.ts'

export function createVoice({
  get,
  set,
  actions,
  services,
}: SliceContext<'training'>): Slice<VoiceState, VoiceActions> {
  const { clips, examples } = services
  /** Incremented when the voice is emptied, so that files still being read for the previous voice are dropped. */
  let generation = 0
  let reading: Promise<void> = Promise.resolve()

  function add(clip: Clip, name: string, origin: VoiceClip['origin']): void {
    const id = clips.add(clip)
    const durationSeconds = clip.samples.length / clip.sampleRateHz
    set(({ voice }) => ({ voice: [...voice, { id, name, durationSeconds, origin }] }))
  }

  function empty(): void {
    generation += 1
    const voice = get().training.voice
    set({ voice: [] })
    for (const { id } of voice) clips.remove(id)
  }

  /** Reads recordings one after the other, in the order in which they were chosen. */
  function queue(label: string, own: number, read: () => Promise<void>): Promise<void> {
    const next = reading.then(async () => {
      if (own !== generation) return
      set({ voiceOpening: label })
      await read()
    })
    reading = next.catch(() => {})
    void reading.then(() => set({ voiceOpening: undefined }))
    return next
  }

  /** Resolves to false for a mel. */
  async function addFile(file: NamedBlob, name: string, origin: VoiceClip['origin'], own: number) {
    const recording = await readAudioFile(services, file)
    if (!recording) return false
    if (own !== generation) return true
    const { channels, samples, sampleRateHz } = recording
    add({ samples, sampleRateHz }, name, origin)
    for (const note of [cutText(file.name, recording), channels.differ && channelText(file.name, channels)])
      if (note) actions.problems.note(note)
    return true
  }

  return {
    state: { voice: [] },
    actions: {
      async addVoiceFiles(files) {
        const own = generation
        const mels: string[] = []
        const added = files.map((file) =>
          queue(file.name, own, async () => {
            if (!(await addFile(await readable(file), file.name, 'file', own))) mels.push(file.name)
          }).catch((thrown: unknown) => actions.problems.report(thrown)),
        )
        await Promise.all(added)
        if (mels.length > 0) actions.problems.report(new ProblemError(notAudio(mels)))
      },
      addSourceToVoice() {
        const takes = get().takes.all
        const source = get().source.current
        const recording = takes.find(({ system }) => system === 'recording')
        if (recording && source) add(clips.get(recording.id), source.title, 'source')
      },
      addRecordingToVoice(clip) {
        add(clip, recordingTitle(new Date()), 'microphone')
      },
      async openExampleVoice() {
        empty()
        const own = generation
        try {
          await queue('the example voice', own, async () => {
            const { clips: files } = await examples.voice()
            for (const { file, text } of files) {
              const bytes = await examples.read(`voice/${file}`)
              await addFile(blobOf({ name: file, bytes }), text, 'example', own)
              if (own !== generation) return
            }
          })
        } catch (thrown) {
          if (own === generation) actions.problems.report(thrown, { kind: 'example-voice' })
        }
      },
      removeVoiceClip(clipId) {
        set(({ voice }) => ({ voice: voice.filter(({ id }) => id !== clipId) }))
        clips.remove(clipId)
      },
      clearVoice: empty,
    },
  }
}

function notAudio(names: readonly string[]): Problem {
  return {
    code: 'voice-not-audio',
    message: `${areMels(names)}, from which no model can learn what a voice sounds like.`,
    accepted: 'recordings: WAV, AIFF, FLAC, MP3, Ogg, M4A',
    remedy: 'Add the recordings that it was made from.',
    file: names[0],
  }
}
