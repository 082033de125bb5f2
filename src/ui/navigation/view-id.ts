/** The ids of the views, which are also their addresses. */
export type ViewId = 'start' | 'listen' | 'inside' | 'compare' | 'test' | 'batch' | 'tune' | 'learn'

export const addressOf = (id: ViewId): `#/${string}` => `#/${id}`
