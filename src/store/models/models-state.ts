/** The models that a synthesis can take: those that come with the page, and the user's own. */
import type { MelConvention } from '../../dsp/mel-spectrogram.ts'
import type { UserModel } from '../../engine/models/user-models.ts'
import type { LoadProgress, ModelSummary } from '../../engine/vocoder-engine.ts'
import type { NamedBytes } from '../file-bytes.ts'

export type ListedModelsState = {
  /** The published models and the user's own, as the engine lists them. */
  readonly all: readonly ModelSummary[]
  /** By model id, while its weights are on their way; absent before and after. */
  readonly loads: Readonly<Record<string, LoadProgress>>
  readonly loadedIds: readonly string[]
}

export type UserModelsState = {
  /** Newest first; without the one that waits to be removed. */
  readonly userModels: readonly UserModel[]
  /** Deleted, but to be had back for a few seconds. */
  readonly deleted?: UserModel
  /** The id of the user's model that makes the take “Fine-tuned”. */
  readonly chosenId?: string
}

export type ListedModelsActions = {
  /** Lists the models again, after the user's own have changed. */
  readonly list: () => Promise<void>
  /** Resolves to the mel convention of the chosen size's models, once they are listed; throws `engine-not-running` without them. */
  readonly convention: () => Promise<MelConvention>
  /** Loads one model with its progress in `loads`; at once where that was done. Throws what the engine throws. */
  readonly load: (modelId: string, signal?: AbortSignal) => Promise<void>
  /** Loads the models that a synthesis would use and that are not loaded yet, and reports what fails. */
  readonly loadChosen: () => Promise<void>
  /** Shows the models of an engine that has just started, none of them loaded. */
  readonly show: (models: readonly ModelSummary[]) => void
  /** Forgets which weights are loaded: the worker that had them is gone. */
  readonly forgetLoaded: () => void
}

export type UserModelsActions = {
  readonly listUserModels: () => Promise<void>
  /** Chooses the user's model that makes the take “Fine-tuned”; undefined for none. */
  readonly choose: (modelId: string | undefined) => void
  readonly rename: (modelId: string, name: string) => Promise<void>
  /** Deletes the model, after a few seconds in which it can be had back. */
  readonly delete: (modelId: string) => void
  readonly undoDelete: () => void
  readonly importFiles: (files: readonly File[]) => Promise<void>
  readonly asFile: (modelId: string, part: 'zip' | 'weights' | 'config') => Promise<NamedBytes | undefined>
}

export type ModelsState = ListedModelsState & UserModelsState
export type ModelsActions = ListedModelsActions & UserModelsActions
