/** Reports what is still loading before the first run, and lets the user cancel it. */
import { megabytes } from '../../base/megabytes.ts'
import type { ListedModelsState } from '../../store/models/models-state.ts'
import { useActions, usePage } from '../shell/page-context.ts'

export function EngineLine() {
  const { engine, loads, isRunning } = usePage((state) => ({
    engine: state.synthesis.engine,
    loads: state.models.loads,
    isRunning: state.synthesis.runs !== undefined,
  }))
  const { cancelLoad } = useActions().models
  const [load] = Object.entries(loads)
  if (engine.state === 'ready' && !load) return null
  return (
    <p className="small soft">
      <span role="status">
        {engine.state === 'starting' && 'Starting the vocoder…'}
        {engine.state === 'failed' && 'The vocoder did not start.'}
        {engine.state === 'ready' && load && loadText(...load)}
      </span>
      {engine.state === 'ready' && load && !isRunning && (
        <button type="button" className="button quiet" onClick={() => cancelLoad(load[0])}>
          Cancel the download
        </button>
      )}
    </p>
  )
}

function loadText(modelId: string, { loadedBytes, totalBytes }: ListedModelsState['loads'][string]): string {
  // The size is not known before the server has answered.
  if (totalBytes === 0) return `Loading ${modelId}…`
  return `Loading ${modelId}: ${megabytes(loadedBytes)} of ${megabytes(totalBytes)}`
}
