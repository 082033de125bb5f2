/** The pitch of the open mel, which is read once a model that hears pitch has been loaded. */
import { useEffect } from 'react'
import type { PitchTrack } from '../../dsp/pitch-track.ts'
import { modelsOfSize } from '../../store/synthesis/settings.ts'
import { useActions, usePage } from '../shell/page-context.ts'

/** Undefined until it has been read, and where the models of the chosen size are given no pitch. */
export function usePitch(melId: string | undefined): PitchTrack | undefined {
  const { reader, pitch } = usePage((state) => ({
    reader: modelsOfSize(state.models.all, state.synthesis.settings.size)
      .filter(({ id, architecture }) => architecture === 'frames' && state.models.loadedIds.includes(id))
      .at(-1)?.id,
    pitch: state.source.pitch,
  }))
  const { readPitch } = useActions().source
  useEffect(() => {
    if (melId && reader) void readPitch(reader)
  }, [melId, reader, readPitch])
  return pitch && pitch.melId === melId && pitch.modelId === reader ? pitch.track : undefined
}
