/** The models available for synthesis: those that come with the page, and the user's own. */
import type { MelConvention } from '../../dsp/mel/mel-spectrogram.ts'
import type { UserModel } from '../../engine/models/user-models.ts'
import type { LoadProgress, ModelSummary } from '../../engine/vocoder-engine.ts'
import type { NamedBytes } from '../file-bytes.ts'

export type ListedModelsState = {
  /** The published models and the user's own, as the engine lists them. */
  readonly all: readonly ModelSummary[]
  /** Download progress by model id, present while the weights are loading; a total of 0 is not known yet. */
  readonly loads: Readonly<Record<string, LoadProgress>>
  readonly loadedIds: readonly string[]
}

export type UserModelsState = {
  /** Newest first, without the model that is about to be deleted. */
  readonly userModels: readonly UserModel[]
  /** A model that was deleted but can be restored for a few seconds. */
  readonly deleted?: UserModel
  /** The id of the user's model that makes the take “Fine-tuned”. */
  readonly chosenId?: string
}

export type ListedModelsActions = {
  /** Lists the models again after the user's own have changed. */
  readonly list: () => Promise<void>
  /**
   * Resolves to the mel convention of the chosen size's models once they are listed; rejects with `engine-not-running`
   * without an engine.
   */
  readonly convention: () => Promise<MelConvention>
  /**
   * Loads one model and shows its progress in `loads`; resolves at once if it is loaded. Rejects with engine problems.
   */
  readonly load: (modelId: string, signal?: AbortSignal) => Promise<void>
  /** Loads one model and reports a failure. */
  readonly tryLoad: (modelId: string) => Promise<void>
  /** Cancels the download that `tryLoad` or `loadChosen` waits for. */
  readonly cancelLoad: (modelId: string) => void
  /** Loads the models that a synthesis would use and that are not loaded yet; reports failures. */
  readonly loadChosen: () => Promise<void>
  /** Shows the models of an engine that has just started, with none of them loaded. */
  readonly show: (models: readonly ModelSummary[]) => void
  /** Forgets which weights are loaded, because the worker that held them is gone. */
  readonly forgetLoaded: () => void
}

export type UserModelsActions = {
  readonly listUserModels: () => Promise<void>
  /** Chooses the user's model that makes the take “Fine-tuned”; undefined for none. */
  readonly choose: (modelId: string | undefined) => void
  readonly rename: (modelId: string, name: string) => Promise<void>
  /** Deletes the model after a few seconds in which it can be restored. */
  readonly delete: (modelId: string) => void
  readonly undoDelete: () => void
  readonly importFiles: (files: readonly File[]) => Promise<void>
  readonly asFile: (modelId: string, part: 'zip' | 'weights' | 'config') => Promise<NamedBytes | undefined>
}

export type ModelsState = ListedModelsState & UserModelsState
export type ModelsActions = ListedModelsActions & UserModelsActions
