/** Reports what is still loading before the first run. */
import { megabytes } from '../../base/megabytes.ts'
import { usePage } from '../shell/page-context.ts'

export function EngineLine() {
  const { engine, loads } = usePage((state) => ({
    engine: state.synthesis.engine,
    loads: state.models.loads,
  }))
  const [load] = Object.entries(loads)
  if (engine.state === 'ready' && !load) return null
  return (
    <p className="small soft" role="status">
      {engine.state === 'starting' && 'Starting the vocoder…'}
      {engine.state === 'failed' && 'The vocoder did not start.'}
      {engine.state === 'ready' &&
        load &&
        `Loading ${load[0]}: ${megabytes(load[1].loadedBytes)} of ${megabytes(load[1].totalBytes)}`}
    </p>
  )
}
