import type * as Koffi from 'koffi'

/** Parameters of `mallopt` in malloc.h of glibc. */
const M_TRIM_THRESHOLD = -1
const M_MMAP_MAX = -4

/**
 * Let the process keep the memory that TensorFlow frees, on Linux: every step frees and asks for the same sizes again, and large
 * ones would go back to the system each time, which clears every page anew (a tenth of a ResNet-50 step).
 */
export function keepFreedMemory(koffi: typeof Koffi) {
  if (process.platform !== 'linux') return
  try {
    const set = koffi.load('libc.so.6').func('int mallopt(int parameter, int value)')
    set(M_MMAP_MAX, 0)
    set(M_TRIM_THRESHOLD, -1)
  } catch {
    // Another C library: steps are slower.
  }
}
