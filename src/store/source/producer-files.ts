/**
 * Tells the files that producers store beside a mel from mels and audio, by their names: configurations, and the
 * statistics of ParallelWaveGAN (stats.npy) and ESPnet (feats_stats.npz).
 */

const alwaysProducerFile = /(\.ya?ml|hparams\.py|stats\.np[yz])$/i
const maybeProducerFile = /\.json$/i

/** A mel in JSON is longer than a configuration. */
const maxConfigBytes = 64 * 1024

export const mayBeProducerFile = ({ name }: File): boolean =>
  alwaysProducerFile.test(name) || maybeProducerFile.test(name)

/**
 * Separates inputs from the producers' files beside them, which make sense only together with a mel. A JSON file is an
 * input if it is long, or the longest where nothing else is one.
 */
export function separateProducerFiles(files: readonly File[]): {
  readonly inputs: readonly File[]
  readonly beside: readonly File[]
} {
  const isBeside = (file: File) =>
    alwaysProducerFile.test(file.name) || (maybeProducerFile.test(file.name) && file.size <= maxConfigBytes)
  const beside = files.filter(isBeside)
  const inputs = files.filter((file) => !isBeside(file))
  if (inputs.length > 0) return { inputs, beside }
  const jsons = files.filter(({ name }) => maybeProducerFile.test(name)).toSorted((a, b) => a.size - b.size)
  const input = jsons.at(-1)
  return input ? { inputs: [input], beside: files.filter((file) => file !== input) } : { inputs, beside }
}
