/** The pitch of the open mel. It is computed once a model that uses pitch has been loaded. */
import { useEffect } from 'react'
import type { PitchTrack } from '../../dsp/signals/pitch-track.ts'
import { modelsOfSize } from '../../store/synthesis/settings.ts'
import { useActions, usePage } from '../shell/page-context.ts'

/** Returns undefined until the pitch is known, and if the models of the chosen size do not use pitch. */
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
