/**
 * Tells the files that producers store beside a mel by their names: configurations, and the statistics of
 * ParallelWaveGAN (stats.npy) and ESPnet (feats_stats.npz).
 */

const alwaysProducerFile = /(\.ya?ml|hparams\.py|stats\.np[yz])$/i

export const isProducerFile = ({ name }: File): boolean => alwaysProducerFile.test(name)
