import type { FrameConfig } from '../../config.ts'
import type { Architecture } from '../../vocoder-network.ts'

export function frameArchitecture(config: FrameConfig): Architecture {
  throw new Error(config.id)
}
