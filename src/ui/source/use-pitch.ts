/** The pitch of the open mel, which is read once a model that hears pitch has been loaded. */
import { useEffect } from 'react'
import type { PitchTrack } from '../../dsp/pitch-track.ts'
import { modelsOfSize } from '../../store/synthesis/settings.ts'
import { usePage } from '../shell/page-context.ts'

/** Undefined until it has been read, and where the models of the chosen size are given no pitch. */
export function usePitch(melId: string | undefined): PitchTrack | undefined {
  const { reader, pitch, readPitch } = usePage((state) => ({
    reader: modelsOfSize(state.models, state.settings.size)
      .filter(({ id, architecture }) => architecture === 'frames' && state.loadedModels.includes(id))
      .at(-1)?.id,
    pitch: state.pitch,
    readPitch: state.readPitch,
  }))
  useEffect(() => {
    if (melId && reader) void readPitch(reader)
  }, [melId, reader, readPitch])
  return pitch && pitch.melId === melId && pitch.modelId === reader ? pitch.track : undefined
}
