import { test } from 'vitest'
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { openMelFile } from './open-mel.ts'
import { modelConvention } from '../../dsp/testing/model-convention.ts'
import { producerConfigs } from '../testing/producer-configs.ts'
import { textFile } from '../testing/opened-mel.ts'
import { writeNpy } from '../npy/npy-writer.ts'
import { melSpectrogram } from '../../dsp/mel.ts'
import { decodeWav } from '../wav/wav-reader.ts'
test('table', () => {
  const out: string[] = []
  const dir = '/tmp/mels/real/'
  const read = (f: string) => new Uint8Array(readFileSync(dir + f))
  for (const clip of ['0', '1', '2']) {
    const wav = decodeWav(read(`${clip}.wav`), 'x')
    const native = melSpectrogram(wav.samples, modelConvention)
    writeFileSync(`${dir}out-${clip}-native.npy`, writeNpy(native.values, [native.frames, 80]))
    for (const f of readdirSync(dir).filter((n) => n.startsWith(`${clip}-`)).sort()) {
      const name = f.slice(2, -4)
      const config = name.startsWith('same')
        ? `{"sample_rate_hz": ${name.slice(4)}, "fft_size":1024,"hop_samples":256,"window_samples":1024,"bands":80,"low_hz":0,"high_hz":8000}`
        : producerConfigs[name]
      const alone = (() => { try { return openMelFile({ name: f, bytes: read(f), target: modelConvention }) } catch (e) { return e as Error } })()
      const a = alone instanceof Error ? alone.message : `${alone.report.question ? 'ASK ' : ''}${alone.report.recognisedAs} || ${alone.report.candidates?.map((c) => `${c.name} ${c.confidence.toFixed(2)} ${c.reading.convention.sampleRateHz}/${c.reading.convention.hopSamples}`).join(' | ') ?? alone.report.assumed.join(' ')}`
      const o = config ? openMelFile({ name: f, bytes: read(f), target: modelConvention, producerFiles: [textFile('c', config)] })
       : (alone instanceof Error ? undefined : { mel: alone.mel ?? alone.report.candidates?.[0].mel, report: alone.report })
      if (!o?.mel) { out.push(`${clip} ${name} NO MEL ${o?.report.question} || alone ${a}`); continue }
      writeFileSync(`${dir}out-${clip}-${name}.npy`, writeNpy(o.mel.values, [o.mel.frames, 80]))
      const n = Math.min(o.mel.frames, native.frames) * 80
      let mae = 0, e1 = 0, e2 = 0, b = 0
      for (let i = 0; i < n; i++) { const d = o.mel.values[i] - native.values[i]; mae += Math.abs(d); b += d; e1 += Math.exp(2 * o.mel.values[i]); e2 += Math.exp(2 * native.values[i]) }
      out.push(`${clip} ${name.padEnd(18)} frames ${o.mel.frames}/${native.frames} mae ${(mae / n).toFixed(3)} bias ${(8.686 * b / n).toFixed(2)} dB level ${(10 * Math.log10(e1 / e2)).toFixed(2)} dB ${o.report.conversion} ${o.report.recognisedAs} || alone ${a}`)
    }
  }
  writeFileSync('/tmp/mels/table.txt', out.join('\n'))
}, 600000)
