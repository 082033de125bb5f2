/**
 * A denoiser on Fourier frames, as functions of its parameters. Its inputs are the spectra of the noisy waveform and of
 * the excitation, the mel and the noise level. Its output is a spectrum per frame, the sum of three: the excitation's
 * with complex gains that are smooth over frequency (the vocal tract), the noisy waveform's with real gains, and a
 * directly predicted one. An envelope shapes their sum within each frame, and refinements filter it again. Python
 * counterpart: pretrain/networks/frames.py.
 */
import * as tf from '@tensorflow/tfjs'
import { conv1d } from '../../../kernels/conv1d.ts'
import { mixedSpectraKernel, spectralFeaturesKernel } from '../../../kernels/frames/frame-fusions.ts'
import { normalise } from '../../../kernels/frames/normalise.ts'
import type { Spectra } from '../../../kernels/frames/stft.ts'
import { fused } from '../../../kernels/fused.ts'
import type { FrameConfig } from '../../config.ts'
import { trunk } from './blocks.ts'
import { enveloped } from './envelope.ts'
import type { FrameParameters, PitchParameters } from './parameters.ts'
import { refined } from './refinement.ts'
import type { FrameTransforms } from './transforms.ts'

/**
 * Results that depend only on a mel and its excitation: the input features, the excitation's spectra, the refinements'
 * inputs.
 */
export type FrameConditioning = {
  readonly entry: tf.Tensor3D
  readonly re: tf.Tensor2D
  readonly im: tf.Tensor2D
  readonly lnMel: tf.Tensor2D
  readonly gains: tf.Tensor2D
}

/** Log-mels range over about -11.5..2 nats; this maps them to about -2..2. */
function normalisedMel(mel: tf.Tensor3D, { log }: FrameConfig['mel']): tf.Tensor3D {
  const toLn = log === 'ln' ? 1 : Math.LN10
  return mel.mul<tf.Tensor3D>(toLn / 3).add<tf.Tensor3D>(5 / 3)
}

/** mel [batch, frames, bands], pulses [batch, frames * hop]. The caller disposes the result. */
export function condition(
  mel: tf.Tensor3D,
  pulses: tf.Tensor2D,
  config: FrameConfig,
  transforms: FrameTransforms,
  { enterMel, enterExcitation }: FrameParameters,
): FrameConditioning {
  return tf.tidy(() => {
    const [batch, frames] = mel.shape
    const spectra = transforms.stft.spectra(pulses)
    const features = entryOf(spectra, config.network.excitationBins, transforms)
    const ofMel = conv1d(normalisedMel(mel, config.mel), enterMel.filter, enterMel.bias)
    const columns = features.reshape<tf.Tensor3D>([batch, frames, features.shape[1]])
    const entry = conv1d(columns, enterExcitation.filter, enterExcitation.bias, { residual: ofMel })
    const lnMel = transforms.prior.lnMel(mel)
    return { entry, re: spectra.re, im: spectra.im, lnMel, gains: transforms.prior.of(lnMel) }
  })
}

/** One evaluation: y [batch, frames * hop], a level per batch item -> [batch, frames * hop]. The caller disposes. */
export function predict(
  y: tf.Tensor2D,
  conditioning: FrameConditioning,
  levels: readonly number[],
  { mel: { bands }, network: { levelFeatures, envelopeGains, refinement: shape } }: FrameConfig,
  transforms: FrameTransforms,
  { enterSignal, enterLevel, enterNorm, blocks, leave, refinement }: FrameParameters,
): tf.Tensor2D {
  return tf.tidy(() => {
    const [batch, samples] = y.shape
    const spectra = transforms.stft.spectra(y)
    const frames = spectra.re.shape[0] / batch
    const features = entryOf(spectra, transforms.stft.bins, transforms)
    const columns = features.reshape<tf.Tensor3D>([batch, frames, features.shape[1]])
    const level = conv1d(encodedLevels(levels, levelFeatures), enterLevel.filter, enterLevel.bias)
    const ofSignal = conv1d(columns, enterSignal.filter, enterSignal.bias, { residual: conditioning.entry })
    const entered = normalise(ofSignal.add<tf.Tensor3D>(level))
      .mul<tf.Tensor3D>(enterNorm.gain)
      .add<tf.Tensor3D>(enterNorm.offset)
    const x = trunk(entered, blocks)
    const left = conv1d(x, leave.filter, leave.bias).reshape<tf.Tensor2D>([batch * frames, -1])
    const mixed = transforms.stft.signal(
      mixedSpectra(left, bands, spectra, conditioning, transforms),
      samples,
    )
    const values = left.slice([0, left.shape[1] - envelopeGains], [-1, -1])
    const made = envelopeGains ? enveloped(mixed, values.reshape([batch, frames, envelopeGains])) : mixed
    return refinement && shape ? refined(made, x, conditioning, shape.times, transforms, refinement) : made
  })
}

/**
 * Concatenates real and imaginary parts of the first `used` bins, scaled to those of unit-variance white noise, and the
 * loudness of bands.
 */
function entryOf(spectra: Spectra, used: number, transforms: FrameTransforms): tf.Tensor2D {
  const { re, im } = spectra
  const scale = 1 / Math.sqrt(transforms.energy)
  const bands = transforms.loudness(spectra)
  return fused(spectralFeaturesKernel, { re, im, bands }, { used, scale }, () => {
    const low = (part: tf.Tensor2D) =>
      (used < part.shape[1] ? part.slice<tf.Tensor2D>([0, 0], [-1, used]) : part).mul<tf.Tensor2D>(scale)
    return tf.concat2d([low(re), low(im), bands], 1)
  })
}

/** Converts the trunk's output, [n, 2 * bins + 3 * bands ..], to spectra: a direct part, and gains of the other two. */
function mixedSpectra(
  left: tf.Tensor2D,
  bands: number,
  signal: Spectra,
  excitation: Spectra,
  { stft: { bins }, prior: { hats }, energy }: FrameTransforms,
): Spectra {
  const scale = Math.sqrt(energy)
  const inputs = { left, ...signal, pulsesRe: excitation.re, pulsesIm: excitation.im, ...hats.inputs }
  const [re, im] = fused(mixedSpectraKernel, inputs, { scale }, () => {
    const own = (part: 0 | 1) => left.slice<tf.Tensor2D>([0, part * bins], [-1, bins]).mul<tf.Tensor2D>(scale)
    const gains = (part: 0 | 1 | 2) =>
      hats.times(left.slice<tf.Tensor2D>([0, 2 * bins + part * bands], [-1, bands]))
    const [real, imaginary, ofSignal] = [gains(0), gains(1), gains(2)]
    const sum = (first: tf.Tensor2D, ...terms: readonly tf.Tensor[]) =>
      terms.reduce<tf.Tensor2D>((total, term) => total.add<tf.Tensor2D>(term), first)
    return [
      sum(own(0), real.mul(excitation.re), imaginary.mul(excitation.im).neg(), ofSignal.mul(signal.re)),
      sum(own(1), real.mul(excitation.im), imaginary.mul(excitation.re), ofSignal.mul(signal.im)),
    ]
  })
  return { re, im }
}

/**
 * Cosines of multiples of twice the angle whose cosine is the level, so that no noise is angle 0: [batch, 1, features].
 */
function encodedLevels(levels: readonly number[], features: number): tf.Tensor3D {
  const encoded = levels.map((level) => {
    const angle = 2 * Math.acos(Math.min(Math.max(level, 0), 1))
    return [Array.from({ length: features }, (_, k) => Math.cos(angle * (k + 1)))]
  })
  return tf.tensor3d(encoded, [levels.length, 1, features])
}

/** mel [batch, frames, bands] -> logits of the pitch bins and, last, of the voicing, [batch, frames, pitches + 1]. */
export function pitchLogits(
  mel: tf.Tensor3D,
  config: FrameConfig,
  { enter, blocks, leave }: PitchParameters,
): tf.Tensor3D {
  return tf.tidy(() => {
    const x = trunk(conv1d(normalisedMel(mel, config.mel), enter.filter, enter.bias), blocks)
    return conv1d(x, leave.filter, leave.bias)
  })
}
