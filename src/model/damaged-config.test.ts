/** A model's configuration is read or refused at a bounded cost, however it was damaged. */
import frames from '../../pretrain/configs/frames.json'
import shipped from '../../public/models/infergrad-small/config.json'
import { parseJson } from '../io/json.ts'
import { refusalsOf } from '../io/refusal.ts'
import { fuzzReader } from '../io/testing/fuzz-reader.ts'
import { decodeText } from '../io/text.ts'
import { parseModelConfig } from './config.ts'

const encode = (value: unknown) => new TextEncoder().encode(JSON.stringify(value, null, 2))
const refuse = refusalsOf('config.json')

fuzzReader({
  format: 'configuration of a model',
  files: [encode(shipped), encode({ ...frames, weights: shipped.weights })],
  readers: [(bytes) => parseModelConfig(parseJson(decodeText(bytes, refuse), refuse), 'config.json')],
})
