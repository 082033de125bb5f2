/** A network as synthesis uses it. */
import type { Prediction } from '../../../diffusion/prediction.ts'
import type { WindowPitch } from '../read-pitch.ts'
import type { WaveformShaping } from '../waveform-pieces.ts'

/** A network that is evaluated one window at a time, on signals in plain numbers or on a device. */
export type WindowNetwork<Signal = Float32Array> = WaveformShaping<Signal> & {
  readonly haloFrames: number
  readonly prediction: Prediction
  /**
   * mel [frames * bands], y_n [frames * hop], sqrt(alpha-bar_n) -> the prediction target, [frames * hop]. A network
   * with a `pitch` also receives the pulses of the same frames, [frames * hop].
   */
  evaluate(mel: Float32Array, y: Signal, noiseLevel: number, pulses?: Signal): Promise<Signal>
  /** Present if the network needs the pitch, which is estimated from the mel once, before the process. */
  readonly pitch?: WindowPitch<Signal>
  /** Frees what the job holds on a device. */
  endJob?(): void
}
