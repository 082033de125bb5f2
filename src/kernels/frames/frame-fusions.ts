/**
 * Names of kernels that compute parts of the frame network in one pass (fused.ts). Their compositions are beside the
 * code that calls them.
 */

/**
 * A product with a constant matrix: x [n, rows], and `matrix` and `ranges` of constant-matrix.ts -> [n, columns].
 */
export const bandedProductKernel = 'VocoderBandedProduct'

/**
 * Spectra re and im [n, rows], `matrix` and `ranges` -> ln(max(floor, added + product of their measures with the matrix))
 * times `scale`, [n, columns]. The measure is the power, or if `isMagnitude`, sqrt(power + epsilon).
 */
export const lnOfBandsKernel = 'VocoderLnOfBands'

/** re, im [n, bins] and bands [n, bands] -> [n, 2 * used + bands]: the first `used` bins of both times `scale`, and the bands. */
export const spectralFeaturesKernel = 'VocoderSpectralFeatures'

/**
 * left [n, 2 * bins + 3 * bands ..], spectra re, im and pulsesRe, pulsesIm [n, bins], `matrix` and `ranges` from bands to
 * bins -> re and im of the sum of `scale` times the direct part, the pulses times complex gains, and the spectra times
 * real gains.
 */
export const mixedSpectraKernel = 'VocoderMixedSpectra'

/**
 * signal [batch, samples] times the limited gains of `values` [batch, frames, gains], linear between them; `maxLn` limits
 * their logarithm.
 */
export const envelopedKernel = 'VocoderEnveloped'

/** learned and lacking [.., channels], strength [channels] -> the limited gain of learned + lacking * strength. */
export const limitedGainKernel = 'VocoderLimitedGain'

/** Up to three tensors x0, x1, x2 of one shape and their `factors` -> the sum of their products. */
export const weightedSumKernel = 'VocoderWeightedSum'
