/**
 * The models that are published beside the page: `models/index.json` lists their ids, `models/<id>/config.json` says what
 * each is, and the weights come last, checked before they are used.
 */
import * as v from 'valibot'
import { isAbort, ProblemError } from '../base/problem.ts'
import { decodeUtf8, type JsonValue, parseJson } from '../io/json.ts'
import { refusalsOf } from '../io/refusal.ts'
import { readSafetensors } from '../io/safetensors.ts'
import { type ModelConfig, parseModelConfig } from '../model/config.ts'
import { WaveGrad } from '../model/wavegrad.ts'
import type { CallOptions, LoadProgress, ModelSummary } from './vocoder-engine.ts'
import { fetchWeights, type Network, unavailable } from './weights-store.ts'

const indexSchema = v.pipe(v.array(v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]*$/))), v.minLength(1))

/** As a checkpoint has two bytes per number; only a guess at the total where the server does not say it. */
const bytesPerParameter = 2

export class ModelCatalog {
  readonly #baseUrl: URL
  readonly #network: Network
  readonly #configs = new Map<string, ModelConfig>()
  #ids: readonly string[] | undefined

  /** `baseUrl` ends in a slash, or its last part is dropped, as in links. */
  constructor(baseUrl: string, network: Network) {
    this.#baseUrl = new URL('models/', baseUrl)
    this.#network = network
  }

  /** In the order of the index. A model whose configuration is missing or wrong is left out, unless all of them are. */
  async list(): Promise<readonly ModelSummary[]> {
    const ids = await this.#listIds()
    const results = await Promise.allSettled(ids.map((id) => this.config(id)))
    const summaries = results.flatMap((result) =>
      result.status === 'fulfilled' ? [summaryOf(result.value)] : [],
    )
    if (summaries.length > 0) return summaries
    throw results.find((result) => result.status === 'rejected')?.reason
  }

  /** Rejects with `model-unknown` for an id that is not in the index, or with what is wrong with the configuration. */
  async config(id: string): Promise<ModelConfig> {
    const known = this.#configs.get(id)
    if (known) return known
    const ids = await this.#listIds()
    if (!ids.includes(id)) {
      throw new ProblemError({
        code: 'model-unknown',
        message: `There is no model "${id}" here.`,
        found: id,
        accepted: ids.join(', '),
        remedy: 'Choose one of the models that are listed.',
      })
    }
    const file = `models/${id}/config.json`
    const config = parseModelConfig(await this.#fetchJson(`${id}/config.json`), file)
    if (config.id !== id) {
      throw new ProblemError({
        code: 'model-config-invalid',
        message: `${file} is the configuration of another model.`,
        file,
        found: config.id,
        accepted: id,
        remedy: 'Publish every model in a folder that bears its id.',
      })
    }
    this.#configs.set(id, config)
    return config
  }

  /** Downloads, checks and uploads; nothing stays behind where one of them fails. The caller disposes the result. */
  async load(id: string, options: CallOptions<LoadProgress> = {}): Promise<WaveGrad> {
    const config = await this.config(id)
    const { file, sha256, parameters } = config.weights
    const source = {
      url: new URL(`${id}/${file}`, this.#baseUrl),
      sha256,
      expectedBytes: parameters * bytesPerParameter,
      file: `models/${id}/${file}`,
    }
    const bytes = await fetchWeights(source, this.#network, options)
    return WaveGrad.create(config, readSafetensors(bytes, source.file))
  }

  async #listIds(): Promise<readonly string[]> {
    if (this.#ids) return this.#ids
    const result = v.safeParse(indexSchema, await this.#fetchJson('index.json'))
    if (!result.success) {
      throw new ProblemError({
        code: 'model-index-invalid',
        message: 'models/index.json is no list of model ids.',
        file: 'models/index.json',
        accepted: 'a JSON array of ids, such as ["infergrad-small"]',
        remedy: 'Reload the page; if it happens again, the page was published incompletely.',
      })
    }
    this.#ids = result.output
    return result.output
  }

  async #fetchJson(path: string): Promise<JsonValue> {
    const file = `models/${path}`
    try {
      const response = await this.#network.fetch(new URL(path, this.#baseUrl), { cache: 'no-cache' })
      if (!response.ok) throw unavailable(file, response)
      const refuse = refusalsOf(file)
      return parseJson(decodeUtf8(new Uint8Array(await response.arrayBuffer()), refuse), refuse)
    } catch (thrown) {
      if (thrown instanceof ProblemError || isAbort(thrown)) throw thrown
      throw new ProblemError(
        {
          code: 'model-unavailable',
          message: `${file} could not be fetched.`,
          file,
          remedy: 'Check the connection and try again.',
        },
        { cause: thrown },
      )
    }
  }
}

/** What the page is told of a model. Ids are the objective and the size, as in `infergrad-small`. */
export function summaryOf(config: ModelConfig): ModelSummary {
  const { id, objective, mel, prior, prediction, schedules, weights } = config
  const prefix = `${objective}-`
  return {
    id,
    origin: 'published',
    objective,
    size: id.startsWith(prefix) ? id.slice(prefix.length) : id,
    parameters: weights.parameters,
    mel,
    prior,
    prediction,
    schedules,
  }
}
