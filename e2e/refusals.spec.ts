/** What a browser, its settings or a link may refuse: a sentence says so, and the rest works. */
import { expect, open, synthesize, synthesizeButton, take, test } from './testing/page.ts'

test.use({ complaintsExpected: true })

test('a link to an example that is not there', async ({ page }) => {
  await open(page, '?example=nowhere')
  await expect(page.getByText('There is no example “nowhere”.')).toBeVisible()
  await synthesize(page)
})

test('storage and the service worker', async ({ page }) => {
  await page.addInitScript(() => {
    const refuse = () => {
      throw new DOMException('The operation is insecure.', 'SecurityError')
    }
    for (const name of ['localStorage', 'sessionStorage', 'caches', 'indexedDB'])
      Object.defineProperty(window, name, { get: refuse })
    StorageManager.prototype.getDirectory = async () => refuse()
    ServiceWorkerContainer.prototype.register = async () => refuse()
  })
  await open(page)
  await expect(page.getByText('This browser does not let the page be stored')).toBeVisible({
    timeout: 60_000,
  })
  await page.getByRole('button', { name: 'Switch to the dark theme' }).click()
  await synthesize(page)
  await expect(page.getByRole('alert')).toHaveCount(0)
})

test('sound, until it is allowed', async ({ page }) => {
  await page.addInitScript(() => {
    const resume = AudioContext.prototype.resume
    Reflect.set(window, 'allowSound', () => {
      AudioContext.prototype.resume = resume
    })
    AudioContext.prototype.resume = () => Promise.reject(new DOMException('Not allowed', 'NotAllowedError'))
  })
  await page.goto('./')
  const sample = page.getByRole('button', { name: 'Play InferGrad, 2 steps', exact: true })
  await sample.click()
  await expect(page.getByRole('alert')).toContainText('does not allow this page to play sound yet')
  await page.evaluate(() => Reflect.get(window, 'allowSound')())
  await sample.click()
  await expect(sample).toHaveAttribute('aria-pressed', 'true')
  await page.getByRole('button', { name: 'Make it yourself' }).click({ timeout: 60_000 })
  await expect(synthesizeButton(page)).toBeVisible()
  await expect(take(page, 'InferGrad').getByRole('button', { name: 'Download WAV' })).toBeVisible({
    timeout: 120_000,
  })
})
