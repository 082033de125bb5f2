/**
 * Plays the beginning of a long waveform while the rest is being made. The player gets the pieces of one run at a time;
 * the take that follows has the whole waveform.
 */
import type { WaveformPiece } from '../../engine/vocoder-engine.ts'
import type { Slice, SliceContext } from '../slice.ts'
import type { StreamActions, StreamState } from './synthesis-state.ts'

/** A shorter waveform is made before anybody could begin to listen. */
export const minStreamedSeconds = 8

/** Receives the pieces of a run. */
export type PieceReceiver = {
  /** Returns the seconds that can be heard; undefined if the player is busy with another run. */
  add(piece: WaveformPiece): number | undefined
  /** Marks the last piece as received. */
  finish(): void
}

export type Stream = Slice<StreamState, StreamActions> & { receiver(sampleRateHz: number): PieceReceiver }

export function createStream({
  set,
  actions,
  services: { streamPlayer },
}: SliceContext<'synthesis'>): Stream {
  streamPlayer.onChange(({ playing }) => set({ listening: playing }))
  let current: PieceReceiver | undefined

  return {
    state: { listening: false },
    actions: {
      async listen() {
        try {
          await streamPlayer.play()
        } catch (thrown) {
          actions.problems.report(thrown)
        }
      },
      stopListening: () => streamPlayer.pause(),
    },
    receiver(sampleRateHz) {
      const own: PieceReceiver = {
        add({ startSample, samples }) {
          if (startSample === 0 && (current === own || !streamPlayer.state.playing)) {
            current = own
            streamPlayer.open(sampleRateHz)
          }
          if (current !== own) return undefined
          streamPlayer.append(samples)
          return (startSample + samples.length) / sampleRateHz
        },
        finish() {
          if (current === own) streamPlayer.finish()
        },
      }
      return own
    },
  }
}
