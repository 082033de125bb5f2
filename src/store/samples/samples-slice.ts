/** Loads and plays the samples of the first view. They do not depend on the engine, so they sound before it has started. */
import { matchingGainsDb } from '../../audio/loudness-match.ts'
import { blobOf } from '../file-bytes.ts'
import type { EarlyServices } from '../services.ts'
import type { Slice, SliceContext } from '../slice.ts'
import type { SampleClip, SamplesActions, SamplesState } from './samples-state.ts'

export function createSamplesSlice({
  get,
  set,
  actions,
  services: { samples, samplePlayer, decodeAudio },
}: SliceContext<'samples', EarlyServices>): Slice<SamplesState, SamplesActions> {
  let loading: Promise<void> | undefined

  samplePlayer.onChange(({ playing, audibleId, durationSeconds }) =>
    set({ playing, audibleId, durationSeconds }),
  )

  /** Hands the samples of a clip to the player. */
  async function open(clip: SampleClip): Promise<void> {
    set({ clipId: clip.id, status: 'loading' })
    const container = {
      format: 'flac',
      hasAudio: true,
      sampleRateHz: clip.sampleRateHz,
      cutShort: false,
    } as const
    const audios = await Promise.all(
      clip.samples.map(async ({ file }) =>
        decodeAudio({ ...blobOf({ name: file, bytes: await samples.read(file) }), container }),
      ),
    )
    if (get().samples.clipId !== clip.id) return
    const gainsDb = matchingGainsDb(clip.samples.map(({ loudnessLufs }) => loudnessLufs))
    const best = clip.samples.find(({ system }) => system === 'infergrad')
    samplePlayer.setTakes(
      clip.samples.map(({ file }, index) => ({ ...audios[index], id: file, gainDb: gainsDb[index] })),
      best?.file,
    )
    set({ status: 'ready' })
  }

  /** Begins the newest loading. If it fails, the view says so; the failure of an older one no longer matters. */
  function start(load: () => Promise<void>): Promise<void> {
    const started = load().catch(() => {
      if (loading === started) set({ status: 'missing' })
    })
    loading = started
    return started
  }

  return {
    state: { clips: [], status: 'loading', durationSeconds: 0, playing: false, seeks: 0 },
    actions: {
      load() {
        if (loading && get().samples.status !== 'missing') return loading
        return start(async () => {
          set({ status: 'loading' })
          const clips = await samples.clips()
          set({ clips })
          if (clips[0]) await open(clips[0])
        })
      },
      async choose(clipId) {
        const clip = get().samples.clips.find(({ id }) => id === clipId)
        if (!clip || clipId === get().samples.clipId) return
        samplePlayer.stop()
        await start(() => open(clip))
      },
      async play(file) {
        if (get().samples.status === 'loading') {
          const { clips, clipId } = get().samples
          const clip = clips.find(({ id }) => id === clipId)
          // Meanwhile, and within the user's gesture.
          if (clip) samplePlayer.openOutput(clip.sampleRateHz)
          await loading
        }
        if (file) samplePlayer.select(file)
        try {
          await samplePlayer.play()
        } catch (thrown) {
          actions.problems.report(thrown)
        }
      },
      pause: () => samplePlayer.pause(),
      select: (file) => samplePlayer.select(file),
      seek(seconds) {
        samplePlayer.seek(seconds)
        set(({ seeks }) => ({ seeks: seeks + 1 }))
      },
    },
  }
}
