/**
 * The user's own models, stored in this browser beside the published ones: results of fine-tuning, and imports. The
 * vocoder's worker reads the same database.
 */
export type UserModel = {
  /** Unique and never reused; identifies the model in the engine. */
  readonly id: string
  /** Display name; can be changed. */
  readonly name: string
  /** ISO 8601. */
  readonly createdAt: string
  readonly objective: 'wavegrad' | 'infergrad'
  readonly parameters: number
  readonly bytes: number
  /** The model that it was tuned from, if known. */
  readonly base?: string
}

export type ModelFile = { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> }

export interface UserModels {
  /** Newest first. */
  list(): Promise<readonly UserModel[]>
  /** Rejects with `model-name-invalid` if nothing remains of the name. */
  rename(id: string, name: string): Promise<void>
  remove(id: string): Promise<void>
  /** `model.safetensors` and `config.json`, in the format of `pretrain/`. */
  files(id: string): Promise<readonly [weights: ModelFile, config: ModelFile]>
  /** Both in one zip. */
  zip(id: string): Promise<ModelFile>
  /**
   * Imports a zip, or weights and configuration as separate files, with the same checks as for published models.
   * Rejects with `model-files-missing`, `model-config-invalid`, `model-hash-mismatch`, `weights-mismatch`,
   * `storage-full`.
   */
  add(files: readonly ModelFile[]): Promise<UserModel>
}
