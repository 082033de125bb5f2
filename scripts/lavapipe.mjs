// Setup of the tests that run in Node on lavapipe, Mesa's Vulkan in software: `navigator.gpu` becomes that of Dawn, from the
// package `webgpu`. Without a lavapipe there is none and the tests are skipped, or with REQUIRE_LAVAPIPE=1 fail.
// Chromium itself cannot be brought to lavapipe: if all adapters are software, it takes its own.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll } from 'vitest'

const folder = '/usr/share/vulkan/icd.d'

/** The description of the driver: `LAVAPIPE_ICD`, otherwise the one of Debian's mesa-vulkan-drivers. */
function findLavapipe() {
  if (process.env.LAVAPIPE_ICD) return process.env.LAVAPIPE_ICD
  const name = existsSync(folder) && readdirSync(folder).find((file) => /^lvp_icd.*\.json$/.test(file))
  return name ? join(folder, name) : undefined
}

/** Returns why there is no WebGPU on lavapipe, or undefined. */
async function startLavapipe() {
  const driver = findLavapipe()
  if (!driver) return `there is none in ${folder} (Debian: mesa-vulkan-drivers)`
  process.env.VK_DRIVER_FILES = driver
  process.env.VK_ICD_FILENAMES = driver // for older loaders of Vulkan
  const dawn = await import('webgpu').catch(() => undefined)
  if (!dawn) return 'the package webgpu has no Dawn that runs on this system'
  const { create, globals } = dawn
  const gpu = create(['backend=vulkan'])
  if (!(await gpu.requestAdapter())) return `Dawn does not accept that of ${driver}; Mesa 25 has been tested`
  Object.assign(globalThis, globals)
  Object.defineProperty(globalThis, 'navigator', { value: { gpu }, configurable: true })
  // A process does not end while there is a device.
  const { requestDevice } = GPUAdapter.prototype
  /** @type {GPUDevice[]} */
  const devices = []
  GPUAdapter.prototype.requestDevice = async function (
    /** @type {GPUDeviceDescriptor | undefined} */ descriptor,
  ) {
    const device = await requestDevice.call(this, descriptor)
    devices.push(device)
    return device
  }
  afterAll(() => {
    for (const device of devices) device.destroy()
    Reflect.deleteProperty(globalThis, 'navigator')
  })
  return undefined
}

const reason = await startLavapipe()
if (reason) {
  if (process.env.REQUIRE_LAVAPIPE === '1') throw new Error(`REQUIRE_LAVAPIPE=1, but ${reason}`)
  console.warn(`Skipped on lavapipe: ${reason}`)
}
