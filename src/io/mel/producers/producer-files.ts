/**
 * Files that producers store beside a mel: configurations, and the statistics of normalised features, which
 * ParallelWaveGAN stores as a stats.npy with two rows and ESPnet 2 as a feats_stats.npz of sums.
 */

import type { NamedArray } from '../../npy/named-array.ts'
import { isNpy, readNpy } from '../../npy/npy-reader.ts'
import { readNpz } from '../../npy/npz-reader.ts'
import { refusalsOf } from '../../refusal.ts'
import { decodeLoosely } from '../../text.ts'
import { isZip } from '../../zip/is-zip.ts'
import type { MelStatistics } from '../mel-reading.ts'
import { type ProducerConfig, readProducerConfig } from './producer-config.ts'

export type NamedBytes = { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> }

/** Merges all files; later ones override earlier ones. Refuses with `config-*` and with the problems of npy and npz. */
export function readProducerFiles(files: readonly NamedBytes[]): ProducerConfig {
  let said: ProducerConfig = { convention: {} }
  for (const file of files) {
    const more = readProducerFile(file)
    said = { ...said, ...more, convention: { ...said.convention, ...more.convention } }
  }
  return said
}

function readProducerFile({ name, bytes }: NamedBytes): ProducerConfig {
  if (isNpy(bytes)) return normalisedBy(rowsOf(name, readNpy(bytes, name)))
  if (isZip(bytes)) return normalisedBy(sumsOf(name, readNpz(bytes, name)))
  return readProducerConfig(decodeLoosely(bytes), name)
}

const normalisedBy = (statistics: MelStatistics): ProducerConfig => ({ convention: {}, statistics })

/** Reads ParallelWaveGAN's [2, bands]: means, then deviations. */
function rowsOf(file: string, { shape, values }: ReturnType<typeof readNpy>): MelStatistics {
  const [rows, bands] = shape
  if (shape.length !== 2 || rows !== 2) {
    refusalsOf(file)('config-statistics', 'does not hold the statistics of a mel', {
      found: `shape [${shape.join(', ')}]`,
      accepted: '[2, bands]: the means, then the deviations',
      remedy: 'Open one mel at a time, with the statistics or the configuration that belong to it.',
    })
  }
  return { mean: [...values.subarray(0, bands)], deviation: [...values.subarray(bands)] }
}

/** Reads ESPnet 2's sums: the number of frames, their sum and the sum of their squares. */
function sumsOf(file: string, arrays: readonly NamedArray[]): MelStatistics {
  const [count, sum, sumOfSquares] = ['count', 'sum', 'sum_square'].map((wanted) =>
    arrays.find(({ name }) => name === wanted)?.read(),
  )
  if (!count || !sum || !sumOfSquares) {
    return refusalsOf(file)('config-statistics', 'does not hold the statistics of a mel', {
      found: arrays.map(({ name }) => name).join(', '),
      accepted: 'count, sum and sum_square, as ESPnet 2 writes feats_stats.npz',
      remedy: 'Open one mel at a time, with the statistics or the configuration that belong to it.',
    })
  }
  const [frames] = count.values
  const mean = Array.from(sum.values, (value) => value / frames)
  const deviation = mean.map((value, band) => Math.sqrt(sumOfSquares.values[band] / frames - value * value))
  return { mean, deviation }
}
