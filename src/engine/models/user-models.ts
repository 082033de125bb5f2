/**
 * The user's own models, kept in this browser beside the published ones: what fine-tuning leaves there, and what was
 * imported. The vocoder's worker reads the same userModels.
 */
export type UserModel = {
  /** Never given twice; what the engine knows the model by. */
  readonly id: string
  /** For people; can be changed. */
  readonly name: string
  /** ISO 8601. */
  readonly createdAt: string
  readonly objective: 'wavegrad' | 'infergrad'
  readonly parameters: number
  readonly bytes: number
  /** The model that it was tuned from, where that is known. */
  readonly base?: string
}

export type ModelFile = { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> }

export interface UserModels {
  /** Newest first. */
  list(): Promise<readonly UserModel[]>
  /** Rejects with `model-name-invalid` where nothing is left of the name. */
  rename(id: string, name: string): Promise<void>
  remove(id: string): Promise<void>
  /** `model.safetensors` and `config.json`, as `pretrain/` writes and reads them. */
  files(id: string): Promise<readonly [weights: ModelFile, config: ModelFile]>
  /** Both in one zip. */
  zip(id: string): Promise<ModelFile>
  /**
   * From a zip, or from weights and configuration side by side; checked as published ones are. Rejects with
   * `model-files-missing`, `model-config-invalid`, `model-hash-mismatch`, `weights-mismatch`, `storage-full`.
   */
  add(files: readonly ModelFile[]): Promise<UserModel>
}
