/** Reports what is still loading before the first run, and lets the user cancel it. */
import { megabytes } from '../../base/megabytes.ts'
import type { ListedModelsState } from '../../store/models/models-state.ts'
import { systemNames } from '../../store/synthesis/systems.ts'
import { useActions, usePage } from '../shell/page-context.ts'

export function EngineLine() {
  const { engine, loads, models, isRunning } = usePage((state) => ({
    engine: state.synthesis.engine,
    loads: state.models.loads,
    models: state.models.all,
    isRunning: state.synthesis.runs !== undefined,
  }))
  const { cancelLoad } = useActions().models
  const [load] = Object.entries(loads)
  const nameOf = (modelId: string) => {
    const model = models.find(({ id }) => id === modelId)
    return model ? (model.name ?? systemNames[model.objective]) : modelId
  }
  if (engine.state === 'ready' && !load) return null
  return (
    <p className="row-tight small soft">
      <span role="status">
        {engine.state === 'starting' && 'Starting the vocoder…'}
        {engine.state === 'failed' && 'The vocoder did not start.'}
        {engine.state === 'ready' && load && loadText(nameOf(load[0]), load[1])}
      </span>
      {engine.state === 'ready' && load && !isRunning && (
        <button type="button" className="button quiet" onClick={() => cancelLoad(load[0])}>
          Cancel the download
        </button>
      )}
    </p>
  )
}

function loadText(name: string, { loadedBytes, totalBytes }: ListedModelsState['loads'][string]): string {
  // The size is not known before the server has answered.
  if (totalBytes === 0) return `Loading ${name}…`
  return `Loading ${name}: ${megabytes(loadedBytes)} of ${megabytes(totalBytes)}`
}
