import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'
import { assembly } from './scripts/assembly-plugin.mjs'
import { chromiumFlags, findChromium } from './scripts/chromium.mjs'
import { tfjsParts } from './scripts/tfjs-plugin.mjs'
import { isolationHeaders } from './vite.config.ts'

// *.test.ts run in Node; *.browser.test.ts need features that only a browser has (WebGPU, workers, Web Audio).
export default defineConfig({
  server: { headers: isolationHeaders },
  test: {
    projects: [
      {
        plugins: [assembly()],
        test: {
          name: 'node',
          include: ['src/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts'],
          exclude: ['src/**/*.browser.test.ts'],
          maxWorkers: 2,
          // The limit only ends tests that hang; a busy machine must not fail a test.
          testTimeout: 60_000,
        },
      },
      {
        plugins: [assembly()],
        test: {
          name: 'lavapipe',
          // Kernels, the frame network and a whole job on a second driver of WebGPU, in Node.
          include: [
            'src/kernels/webgpu/*.browser.test.ts',
            'src/model/networks/frames/fusions.browser.test.ts',
            'src/engine/backends/half-products.browser.test.ts',
            'src/engine/synthesis/device-network.browser.test.ts',
          ],
          setupFiles: 'scripts/lavapipe.mjs',
          maxWorkers: 1,
          testTimeout: 120_000,
        },
      },
      {
        server: { headers: isolationHeaders },
        plugins: [assembly()],
        optimizeDeps: {
          // If Vite finds a dependency only while the tests run, it reloads one of them.
          include: [
            '@tensorflow/tfjs',
            '@tensorflow/tfjs-backend-cpu',
            '@tensorflow/tfjs-backend-webgpu',
            '@tensorflow/tfjs-core/dist/register_all_gradients',
            '@tensorflow/tfjs-backend-wasm',
            'idb',
            'workbox-window',
            'zustand',
            'zustand/react/shallow',
            'zustand/vanilla',
          ],
          // These tests run on the parts of tfjs that the page ships; the tests in Node run on all of it.
          rolldownOptions: { plugins: [tfjsParts({ gradients: true })] },
        },
        test: {
          name: 'browser',
          include: ['src/**/*.browser.test.ts'],
          fileParallelism: false,
          testTimeout: 60_000,
          env: { REQUIRE_WEBGPU: process.env.REQUIRE_WEBGPU ?? '' },
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: { executablePath: findChromium(), args: chromiumFlags } }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
})
