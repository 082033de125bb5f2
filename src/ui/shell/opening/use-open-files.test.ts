import { expect, test } from 'vitest'
import { views } from '../../navigation/views.ts'
import { viewsOfSource } from './use-open-files.ts'

test('the views that show the source are those of the table', () => {
  const ofTable = views.filter(({ side }) => side.includes('source')).map(({ id }) => id)
  expect(viewsOfSource).toEqual(ofTable)
})
