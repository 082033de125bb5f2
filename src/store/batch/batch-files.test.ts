import { expect, test } from 'vitest'
import { fakeMelFile } from '../testing/fake-analysis.ts'
import { openReadyPage } from '../testing/fake-services.ts'

const file = (name: string) => new File([new Uint8Array(4)], name)

/** A page that notes with which producer's files each file of the batch is opened. */
async function openNotingPage() {
  const seen: string[] = []
  const opened = await openReadyPage({
    analysis: {
      async open({ name, producerFiles = [] }) {
        seen.push([name, ...producerFiles.map((one) => one.name)].join(' '))
        return fakeMelFile
      },
    },
  })
  seen.length = 0
  return { ...opened, seen }
}

test('configurations and statistics of a drop apply to its mels alone, and are no rows', async () => {
  const { actions, page, seen } = await openNotingPage()
  actions.batch.addFiles([file('a.npy'), file('b.npy')], [file('config.yaml'), file('stats.npy')])
  actions.batch.addFiles([file('c.npy')])
  expect(page().batch.items.map(({ name }) => name)).toEqual(['a.npy', 'b.npy', 'c.npy'])
  await actions.batch.start()
  expect(seen).toEqual(['a.npy config.yaml stats.npy', 'b.npy config.yaml stats.npy', 'c.npy'])
})

test('a configuration that is dropped later applies to the rows that are not done', async () => {
  const { actions, seen } = await openNotingPage()
  actions.batch.addFiles([file('a.npy')])
  await actions.batch.start()
  actions.batch.addFiles([file('b.npy')])
  actions.batch.addFiles([], [file('config.yaml')])
  await actions.batch.start()
  expect(seen).toEqual(['a.npy', 'b.npy config.yaml'])
})

test('the configurations of a row go to the page with it when the page is to answer', async () => {
  const { actions, page, seen } = await openNotingPage()
  actions.batch.addFiles([file('a.npy')], [file('config.yaml')])
  await actions.batch.askOnPage(page().batch.items[0].id)
  expect(seen).toEqual(['a.npy config.yaml'])
})
