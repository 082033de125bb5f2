/** The page as an installed application: without a network, on hosts that set no headers, and with a new version waiting. */
import { expect, type Page, test } from '@playwright/test'
import { openPlainHost, type PlainHost } from './testing/plain-host.ts'

test.use({ serviceWorkers: 'allow' })

const synthesize = (page: Page) => page.getByRole('button', { name: 'Synthesize' })
const takes = (page: Page) => page.getByRole('region', { name: 'Takes' })
const notice = (page: Page) => page.getByRole('region', { name: 'New version' })

async function makeTakes(page: Page) {
  await expect(synthesize(page)).toBeEnabled({ timeout: 60_000 })
  await synthesize(page).click()
  await expect(takes(page).getByRole('group', { name: 'InferGrad', exact: true })).toBeVisible({
    timeout: 60_000,
  })
}

/** Waits until the files of the page are cached and the service worker answers for them. */
async function whenKept(page: Page) {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
    if (!navigator.serviceWorker.controller)
      await new Promise((resolve) =>
        navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }),
      )
  })
}

/**
 * Waits for the second load, by which the page isolates itself. Any earlier evaluation in the page would count as a
 * user's action.
 */
async function openIsolated(page: Page, { address }: PlainHost) {
  let loads = 0
  const second = new Promise<void>((resolve) => page.on('load', () => ++loads === 2 && resolve()))
  await page.goto(`${address}#/listen`)
  await second
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true)
}

test('after one visit it works without a network, lists and weights included', async ({ page, context }) => {
  await page.goto('/?steps=2#/listen')
  await whenKept(page)
  await makeTakes(page)
  await context.setOffline(true)
  await page.reload()
  await makeTakes(page)
  await page.getByRole('navigation').getByRole('link', { name: 'Batch' }).click()
  await expect(page.getByRole('region', { name: 'Batch', exact: true })).toBeVisible()
})

test('its downloads wait for those of the models', async ({ page }) => {
  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route('**/*.safetensors', async (route) => {
    await released
    await route.continue()
  })
  await page.goto('/#/listen')
  await expect(page.getByText('Loading InferGrad…')).toBeVisible({ timeout: 60_000 })
  const isRegistered = () =>
    page.evaluate(async () => Boolean(await navigator.serviceWorker.getRegistration()))
  expect(await isRegistered()).toBe(false)
  release()
  await expect.poll(isRegistered, { timeout: 60_000 }).toBe(true)
})

test.describe('on a plain host, under a path', () => {
  let host: PlainHost
  test.beforeEach(async () => {
    host = await openPlainHost()
  })
  test.afterEach(() => host.close())

  test('it becomes isolated by itself, so that wasm has its threads', async ({ page }) => {
    await openIsolated(page, host)
    await expect(page.getByText(/WebAssembly, SIMD, \d threads/).first()).toBeAttached({ timeout: 60_000 })
    await makeTakes(page)
  })

  test('a new version is offered, can wait, and loads when it is taken', async ({ page }) => {
    await openIsolated(page, host)
    await whenKept(page)
    await expect(notice(page)).toHaveCount(0)
    host.publishNewVersion()
    await page.reload()
    await notice(page).getByRole('button', { name: 'Later' }).click()
    await expect(notice(page)).toHaveCount(0)
    await page.reload()
    const loaded = page.waitForEvent('load')
    await notice(page).getByRole('button', { name: 'Load the new version' }).click()
    await loaded
    await expect(synthesize(page)).toBeEnabled({ timeout: 60_000 })
    await expect(notice(page)).toHaveCount(0)
  })
})
