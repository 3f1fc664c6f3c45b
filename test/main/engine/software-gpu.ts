import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** Folders in which browsers bring a Vulkan driver that computes on the processor. */
const FOLDERS = ['/usr/lib/chromium', '/usr/lib/chromium-browser', '/opt/google/chrome', '/usr/lib64/chromium-browser']

/**
 * Environment in which a new process sees the software graphics card of a browser, and nothing else; `undefined` where no
 * browser brings one. It must be set before the process starts: the loader reads it then.
 */
export function softwareGpu(): NodeJS.ProcessEnv | undefined {
  const folder = FOLDERS.find((path) => existsSync(join(path, 'vk_swiftshader_icd.json')))
  if (folder === undefined || process.platform !== 'linux') return undefined
  return { ...process.env, LD_LIBRARY_PATH: folder, VK_ICD_FILENAMES: join(folder, 'vk_swiftshader_icd.json') }
}
