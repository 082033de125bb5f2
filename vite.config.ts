import { readFileSync } from 'node:fs'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin, type UserConfig } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import { assembly } from './scripts/assembly-plugin.mjs'
import { chunksOfFirstView, chunksOfWorkers } from './scripts/chunks-plugin.mjs'
import { collectLicences } from './scripts/licences-plugin.mjs'
import { preloadAhead } from './scripts/preload-plugin.mjs'
import { serveAssets } from './scripts/serving-plugin.mjs'
import { smallerTfjsBinaries } from './scripts/tfjs-binaries-plugin.mjs'
import { tfjsParts } from './scripts/tfjs-plugin.mjs'

// Cross-origin isolation: without it there is no SharedArrayBuffer, and wasm runs on one thread.
export const isolationHeaders = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
}

/** Headers that cannot be written as meta tags (docs/hosting.md). The development server does not send them. */
const hostingHeaders = {
  ...isolationHeaders,
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Content-Security-Policy': "frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
}

/**
 * Allows the built page to connect only to its own host; the claim that "nothing leaves this machine" rests on this.
 */
function contentSecurityPolicy(): Plugin {
  const policy = [
    "default-src 'self'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "worker-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types default',
  ]
  return {
    name: 'content-security-policy',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: policy.join('; ') },
        injectTo: 'head-prepend',
      },
    ],
  }
}

/**
 * Makes the address of the picture in link previews absolute, which the sites that show previews ask for. The build
 * reads the page's future address from `PAGE_ADDRESS`; without it, the address stays relative.
 */
function previewPicture(): Plugin {
  const base = process.env.PAGE_ADDRESS
  return {
    name: 'preview-picture',
    apply: 'build',
    transformIndexHtml: (html) =>
      base ? html.replace('content="share.jpg"', `content="${new URL('share.jpg', base).href}"`) : html,
  }
}

/**
 * Makes the page installable and usable without a network (src/service-worker.ts). Weights are not precached, because
 * the page checks them before it stores them.
 */
const installable = () =>
  VitePWA({
    strategies: 'injectManifest',
    srcDir: 'src',
    filename: 'service-worker.ts',
    injectRegister: null,
    injectManifest: {
      globPatterns: [
        '**/*.{html,js,css,svg,png,wasm,webmanifest}',
        '{models,examples,samples}/**/*.{json,npy,npz,wav,flac,webp}',
      ],
      maximumFileSizeToCacheInBytes: 8e6,
    },
    manifest: {
      name: 'InferGrad: speech in 2 steps, in your browser',
      short_name: 'InferGrad',
      description:
        'Hear two diffusion vocoders, WaveGrad and InferGrad, turn a spectrogram into speech in your browser.',
      start_url: './',
      scope: './',
      display: 'standalone',
      theme_color: '#1b1c1f',
      background_color: '#1b1c1f',
      icons: [
        { src: 'favicon.svg', sizes: 'any', type: 'image/svg+xml' },
        { src: 'icon-192.png', sizes: '192x192', type: 'image/png' },
        { src: 'icon-512.png', sizes: '512x512', type: 'image/png' },
        { src: 'icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
      ],
    },
  })

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'))

const rolldownOptions = {
  // Each build would report that tfjs takes most of its time.
  checks: { pluginTimings: false },
  // collectLicences keeps the legal comments.
  output: { comments: { legal: false } },
}

/** The configuration that every page around the engine needs. */
export const shared = {
  base: './',
  // Results of listening tests record the page version on which they were made.
  define: { 'import.meta.env.PAGE_VERSION': JSON.stringify(version) },
  plugins: [react(), assembly(), contentSecurityPolicy(), serveAssets(), collectLicences({ write: true })],
  worker: {
    format: 'es',
    plugins: () => [assembly(), tfjsParts(), smallerTfjsBinaries(), collectLicences()],
    // The page loads some modules dynamically, to check imported models, that the worker imports statically.
    rolldownOptions: {
      ...rolldownOptions,
      checks: { ...rolldownOptions.checks, ineffectiveDynamicImport: false },
      output: {
        ...rolldownOptions.output,
        codeSplitting: { groups: [{ name: chunksOfWorkers(import.meta.dirname) }] },
      },
    },
  },
  build: {
    target: 'es2023',
    rolldownOptions,
  },
  server: { headers: isolationHeaders },
  preview: { headers: hostingHeaders },
} satisfies UserConfig

export default defineConfig({
  ...shared,
  plugins: [...shared.plugins, preloadAhead({ afterFirstPaint: true }), previewPicture(), installable()],
  build: {
    ...shared.build,
    rolldownOptions: {
      ...rolldownOptions,
      output: {
        ...rolldownOptions.output,
        codeSplitting: { groups: [{ name: chunksOfFirstView(import.meta.dirname) }] },
      },
    },
  },
})
