/** Creates the network that `architecture` of config.json names. */
import type { ModelConfig } from './config.ts'
import { frameArchitecture } from './networks/frames/architecture.ts'
import { waveGradArchitecture } from './networks/wavegrad/architecture.ts'
import type { Architecture } from './vocoder-network.ts'

/** The result holds tensors until it is disposed. */
export function createArchitecture(config: ModelConfig): Architecture {
  switch (config.architecture) {
    case 'wavegrad':
      return waveGradArchitecture(config)
    case 'frames':
      return frameArchitecture(config)
  }
}
