/** The environment in which a test was taken; it becomes part of the result. */
import type { Environment } from '../../listening/test-session.ts'
import type { EngineStatus } from '../synthesis/synthesis-state.ts'

const maxLineCharacters = 100

export function testEnvironment(engine: EngineStatus): Environment {
  return {
    userAgent: (globalThis.navigator?.userAgent ?? 'unknown').slice(0, 1000),
    backend: engine.state === 'ready' ? engine.backend.detail.slice(0, maxLineCharacters) : 'none',
    page: import.meta.env.PAGE_VERSION ?? 'development',
  }
}
