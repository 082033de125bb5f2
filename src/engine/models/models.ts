/**
 * The models published with the page: `models/index.json` lists their ids, `models/<id>/config.json` describes each,
 * and the weights are downloaded last and checked before use. The user's own models follow.
 */
import * as v from 'valibot'
import { DownloadError, download } from '../../base/download.ts'
import { ProblemError } from '../../base/problem.ts'
import { sha256Of } from '../../base/sha256.ts'
import { isJsonObject, type JsonObject, type JsonValue, parseJson } from '../../io/json.ts'
import { refusalsOf } from '../../io/refusal.ts'
import { readSafetensors, type SafeTensor } from '../../io/safetensors/safetensors.ts'
import { decodeText } from '../../io/text.ts'
import { type ModelConfig, parseModelConfig } from '../../model/config.ts'
import { ownCorrections } from '../../model/prior/prior.ts'
import { correctsVoiced } from '../../model/voiced-corrections.ts'
import type { CallOptions, LoadProgress, ModelSummary } from '../vocoder-engine.ts'
import type { UserModelEntry, UserModelRecords } from './user-model-database.ts'
import type { UserModel } from './user-models.ts'
import { failedDownload, fetchWeights, type Network, unavailable } from './weights-store.ts'

const indexSchema = v.pipe(v.array(v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]*$/))), v.minLength(1))

/** Checkpoints have two bytes per number; this is only an estimate of the total for servers that do not state it. */
const bytesPerParameter = 2

/** A model's configuration, validated and as written. */
type Described = { readonly config: ModelConfig; readonly json: JsonObject }

export type ModelFiles = Described & { readonly tensors: ReadonlyMap<string, SafeTensor> }

export type UserModelReader = Pick<UserModelRecords, 'entries' | 'entry' | 'weights'>

export type CatalogOptions = Partial<Network> & {
  /** Absolute URL of the folder that holds `models/`. */
  readonly baseUrl: string
  /** The user's own models; none by default. */
  readonly userModels?: UserModelReader
}

/** Uses the thread's own `fetch` and Cache Storage by default. */
export function catalogOf({ baseUrl, fetch: given, caches, userModels }: CatalogOptions): ModelCatalog {
  const network = { fetch: given ?? fetch.bind(globalThis), caches: caches ?? cachesHere() }
  return new ModelCatalog(baseUrl, network, userModels)
}

/** Some browsers throw at the mere access if storage is blocked. */
function cachesHere(): CacheStorage | undefined {
  try {
    return globalThis.caches
  } catch {
    return undefined
  }
}

export class ModelCatalog {
  readonly #baseUrl: URL
  readonly #network: Network
  readonly #userModels: UserModelReader | undefined
  readonly #published = new Map<string, Described>()
  #ids: readonly string[] | undefined

  /**
   * `baseUrl` ends in a slash; otherwise its last segment is dropped, as in links. Unreadable user models count as
   * none.
   */
  constructor(baseUrl: string, network: Network, userModels?: UserModelReader) {
    this.#baseUrl = new URL('models/', baseUrl)
    this.#network = network
    this.#userModels = userModels
  }

  /**
   * Lists models in the order of the index, then the user's own, newest first. A model whose configuration is missing
   * or invalid is omitted, unless all published ones are.
   */
  async list(): Promise<readonly ModelSummary[]> {
    const ids = await this.#listIds()
    const results = await Promise.allSettled(ids.map((id) => this.#describePublished(id)))
    const summaries = results.flatMap((result) =>
      result.status === 'fulfilled' ? [summaryOf(result.value.config)] : [],
    )
    if (summaries.length === 0) throw results.find((result) => result.status === 'rejected')?.reason
    return [...summaries, ...(await this.#listUserModels())]
  }

  /** Downloads and checks. Rejects with `model-unknown` for an unlisted id, or with the problem of the files. */
  async files(id: string, options: CallOptions<LoadProgress> = {}): Promise<ModelFiles> {
    const entry = await this.#userModels?.entry(id).catch(() => undefined)
    if (entry) return this.#userModelFiles(entry)
    const described = await this.#describePublished(id)
    const { file, sha256, parameters } = described.config.weights
    const source = {
      url: new URL(`${id}/${file}`, this.#baseUrl),
      sha256,
      expectedBytes: parameters * bytesPerParameter,
      file: `models/${id}/${file}`,
    }
    const bytes = await fetchWeights(source, this.#network, options)
    return { ...described, tensors: readSafetensors(bytes, source.file) }
  }

  async #listUserModels(): Promise<readonly ModelSummary[]> {
    const entries = (await this.#userModels?.entries().catch(() => [])) ?? []
    return entries.flatMap(({ model, config }) => {
      try {
        return [summaryOf(parseModelConfig(config, model.name), model)]
      } catch {
        return []
      }
    })
  }

  async #userModelFiles({ model, config: json }: UserModelEntry): Promise<ModelFiles> {
    const config = parseModelConfig(json, model.name)
    const bytes = await this.#userModels?.weights(model.id)
    const found = bytes && (await sha256Of(bytes))
    if (!bytes || found !== config.weights.sha256) {
      throw new ProblemError({
        code: 'model-hash-mismatch',
        message: `The weights of "${model.name}" differ from those that were stored.`,
        found: found && `SHA-256 ${found}`,
        accepted: `SHA-256 ${config.weights.sha256}`,
        remedy: 'Delete the model, and import it again if you have exported it.',
      })
    }
    return { config, json, tensors: readSafetensors(bytes, model.name) }
  }

  async #describePublished(id: string): Promise<Described> {
    const known = this.#published.get(id)
    if (known) return known
    const ids = await this.#listIds()
    if (!ids.includes(id)) {
      throw new ProblemError({
        code: 'model-unknown',
        message: `There is no model "${id}".`,
        found: id,
        accepted: ids.join(', '),
        remedy: 'Choose one of the listed models.',
      })
    }
    const file = `models/${id}/config.json`
    const json = await this.#fetchJson(`${id}/config.json`)
    const config = parseModelConfig(json, file)
    if (config.id !== id) {
      throw new ProblemError({
        code: 'model-config-invalid',
        message: `${file} is the configuration of another model.`,
        file,
        found: config.id,
        accepted: id,
        remedy: 'Publish every model in a folder named after its id.',
      })
    }
    const described = { config, json: isJsonObject(json) ? json : {} }
    this.#published.set(id, described)
    return described
  }

  async #listIds(): Promise<readonly string[]> {
    if (this.#ids) return this.#ids
    const result = v.safeParse(indexSchema, await this.#fetchJson('index.json'))
    if (!result.success) {
      throw new ProblemError({
        code: 'model-index-invalid',
        message: 'models/index.json is not a list of model ids.',
        file: 'models/index.json',
        accepted: 'a JSON array of ids, such as ["infergrad-small"]',
        remedy: 'Reload the page; if it happens again, the page was not published completely.',
      })
    }
    this.#ids = result.output
    return result.output
  }

  async #fetchJson(path: string): Promise<JsonValue> {
    const file = `models/${path}`
    try {
      const bytes = await download(new URL(path, this.#baseUrl), {
        fetch: this.#network.fetch,
        init: { cache: 'no-cache' },
        onResponse(response) {
          if (!response.ok) throw unavailable(file, response)
        },
      })
      const refuse = refusalsOf(file)
      return parseJson(decodeText(bytes, refuse), refuse)
    } catch (thrown) {
      throw thrown instanceof DownloadError ? failedDownload(file, thrown) : thrown
    }
  }
}

/**
 * A model's information for the page. Ids of published models are the objective and the size, as in `infergrad-small`;
 * a user's models are distinguished by their names.
 */
export function summaryOf(config: ModelConfig, stored?: UserModel): ModelSummary {
  const { id, objective, architecture, mel, prior, prediction, schedules, weights } = config
  const prefix = `${objective}-`
  return {
    id,
    ...(stored
      ? { origin: 'user', name: stored.name, createdAt: stored.createdAt }
      : { origin: 'published' }),
    objective,
    architecture,
    size: id.startsWith(prefix) ? id.slice(prefix.length) : id,
    parameters: weights.parameters,
    weightsSha256: weights.sha256,
    mel,
    prior,
    corrections: ownCorrections(config),
    correctsVoiced: correctsVoiced(config),
    prediction,
    schedules,
  }
}
