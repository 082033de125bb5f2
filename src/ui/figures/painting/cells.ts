/** Maps a place in seconds and Hz to a cell of a picture, and back. */
import type { FrequencyScale, PictureScale } from '../axes/frequency-scale.ts'

export type Cell = { readonly frame: number; readonly bin: number }

export type Cells = {
  /** Seconds at the left edge of the first frame and at the right edge of the last. */
  readonly startSeconds: number
  readonly endSeconds: number
  /** Undefined beyond the ends of the picture. */
  readonly at: (seconds: number, hz: number) => Cell | undefined
  /** Centre of the cell. */
  readonly placeOf: (cell: Cell) => { readonly seconds: number; readonly hz: number }
}

/**
 * Frames of spectral bins are centred on multiples of `secondsPerFrame`, starting at 0. Frames of a mel reach from one
 * multiple to the next (`dsp/spectra/spectrogram.ts`, `dsp/mel/mel.ts`).
 */
export function cellsOf(
  frames: number,
  bins: number,
  secondsPerFrame: number,
  kind: PictureScale['kind'],
  { binOf, hzOf }: Pick<FrequencyScale, 'binOf' | 'hzOf'>,
): Cells {
  const startSeconds = kind === 'bins' ? -secondsPerFrame / 2 : 0
  return {
    startSeconds,
    endSeconds: startSeconds + frames * secondsPerFrame,
    at(seconds, hz) {
      const frame = Math.floor((seconds - startSeconds) / secondsPerFrame + 1e-6)
      if (!(frame >= 0 && frame < frames) || bins === 0) return undefined
      return { frame, bin: Math.min(bins - 1, Math.max(0, Math.round(binOf(hz)))) }
    },
    placeOf: ({ frame, bin }) => ({
      seconds: Math.max(0, startSeconds + (frame + 0.5) * secondsPerFrame),
      hz: hzOf(bin),
    }),
  }
}
