import { defineConfig, devices } from '@playwright/test'
import { chromiumFlags, findChromium } from './scripts/chromium.mjs'

const port = Number(process.env.E2E_PORT ?? 4173)
export const examplePort = port + 1

const preview = (port: number, options = '') => ({
  command: `npx vite preview ${options} --port ${port} --strictPort`,
  port,
  reuseExistingServer: true,
})

export default defineConfig({
  testDir: 'e2e',
  workers: 1,
  // A busy machine can delay a browser past a limit; the report then names the test as flaky.
  retries: process.env.CI ? 1 : 0,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: {
    ...devices['Desktop Chrome'],
    viewport: { width: 1440, height: 900 },
    // Only installable.spec.ts tests the service worker; the other tests must see every request themselves.
    serviceWorkers: 'block',
    baseURL: `http://localhost:${port}`,
    launchOptions: { executablePath: findChromium(), args: chromiumFlags },
  },
  webServer: [preview(port), preview(examplePort, '--config examples/minimal/vite.config.ts')],
})
