/** The reverse process, step by step, of both models. */
import type { Services } from '../services.ts'
import type { GetState, SetState } from '../state.ts'
import type { FilmSlice } from './film-state.ts'

export function createFilmSlice(_set: SetState, _get: GetState, _services: Services): FilmSlice {
  return {}
}
