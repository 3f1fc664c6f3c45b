import { createRequire } from 'node:module'
import type * as Koffi from 'koffi'
import { AppError } from '../../../shared/errors.js'
import { cudaFiles } from './cuda.js'
import { faultIn, type TensorFlowLibrary } from './library.js'
import { keepFreedMemory } from './malloc.js'
import { loadPythonFor } from './python-module.js'
import { checkVersion, lacks } from './version.js'

/** The functions of TensorFlow's C interface that we call, as c_api.h declares them. */
const DECLARATIONS = {
  version: 'const char* TF_Version()',
  newStatus: 'void* TF_NewStatus()',
  deleteStatus: 'void TF_DeleteStatus(void* status)',
  code: 'int TF_GetCode(void* status)',
  message: 'const char* TF_Message(void* status)',
  newBuffer: 'void* TF_NewBufferFromString(void* bytes, size_t length)',
  deleteBuffer: 'void TF_DeleteBuffer(void* buffer)',
  newGraph: 'void* TF_NewGraph()',
  deleteGraph: 'void TF_DeleteGraph(void* graph)',
  newImportOptions: 'void* TF_NewImportGraphDefOptions()',
  deleteImportOptions: 'void TF_DeleteImportGraphDefOptions(void* options)',
  importGraph: 'void TF_GraphImportGraphDef(void* graph, void* buffer, void* options, void* status)',
  operation: 'void* TF_GraphOperationByName(void* graph, const char* name)',
  newSessionOptions: 'void* TF_NewSessionOptions()',
  deleteSessionOptions: 'void TF_DeleteSessionOptions(void* options)',
  setConfig: 'void TF_SetConfig(void* options, void* bytes, size_t length, void* status)',
  setTarget: 'void TF_SetTarget(void* options, const char* target)',
  newServer: 'void* TF_NewServer(void* bytes, size_t length, void* status)',
  startServer: 'void TF_ServerStart(void* server, void* status)',
  newSession: 'void* TF_NewSession(void* graph, void* options, void* status)',
  closeSession: 'void TF_CloseSession(void* session, void* status)',
  deleteSession: 'void TF_DeleteSession(void* session, void* status)',
  listDevices: 'void* TF_SessionListDevices(void* session, void* status)',
  deleteDevices: 'void TF_DeleteDeviceList(void* list)',
  deviceCount: 'int TF_DeviceListCount(void* list)',
  deviceType: 'const char* TF_DeviceListType(void* list, int index, void* status)',
  deviceMemory: 'int64_t TF_DeviceListMemoryBytes(void* list, int index, void* status)',
  newTensor: 'void* TF_AllocateTensor(int type, int64_t* sizes, int rank, size_t bytes)',
  deleteTensor: 'void TF_DeleteTensor(void* tensor)',
  data: 'void* TF_TensorData(void* tensor)',
  byteSize: 'size_t TF_TensorByteSize(void* tensor)',
  run: `void TF_SessionRun(void* session, void* options, TF_Output* inputs, void** values, int inputCount,
    TF_Output* outputs, _Out_ void** results, int outputCount, void** targets, int targetCount, void* metadata, void* status)`,
} as const

/** A pointer that TensorFlow gave us and that only goes back to it. */
export type Pointer = bigint

type Native = Koffi.KoffiFunc<(...args: unknown[]) => unknown>

/** TensorFlow's C interface, and the way into the memory of its tensors. */
export interface CApi {
  readonly call: (name: keyof typeof DECLARATIONS, ...args: unknown[]) => unknown
  /** The same on another thread, so that the event loop stays free. */
  readonly callAsync: (name: keyof typeof DECLARATIONS, ...args: unknown[]) => Promise<void>
  readonly write: (pointer: Pointer, data: Float32Array | Int32Array) => void
  readonly readFloats: (pointer: Pointer, length: number) => Float32Array
  readonly readInts: (pointer: Pointer, length: number) => Int32Array
  /** True if the loader finds a library by its name. */
  readonly canLoad: (name: string) => boolean
  /** True for a library whose operations share their work by OpenMP, as Intel builds it. */
  readonly openMp: boolean
}

let loaded: { readonly path: string; readonly api: CApi } | undefined

/** Load the library into this process, once; throws `device/unavailable` with the loader's words. */
export function openCApi(library: TensorFlowLibrary): CApi {
  const { path } = library
  if (loaded?.path === path) return loaded.api
  if (loaded) throw new Error(`TensorFlow is already loaded from ${loaded.path}.`)
  const fault = faultIn(library)
  if (fault !== undefined) throw unusable(`TensorFlow cannot be loaded: ${fault}`)
  setEnvironment()
  try {
    const api = load(library)
    checkVersion(api.call('version') as string, path)
    loaded = { path, api }
    return api
  } catch (error) {
    if (error instanceof AppError) throw error
    const words = error instanceof Error ? error.message : String(error)
    throw unusable(`TensorFlow in ${path} cannot be loaded: ${words}`)
  }
}

function unusable(message: string): AppError {
  const hint = 'Use a TensorFlow for this system and processor: netwright engine install gets one.'
  return new AppError('device/unavailable', message, hint)
}

/** Read by TensorFlow while it is loaded: what the user has set stays. */
function setEnvironment() {
  const defaults = { TF_CPP_MIN_LOG_LEVEL: '2', TF_DETERMINISTIC_OPS: '1', TF_FORCE_GPU_ALLOW_GROWTH: 'true' }
  for (const [name, value] of Object.entries(defaults)) process.env[name] ??= value
}

function load(found: TensorFlowLibrary): CApi {
  const { path, needs } = found
  // Required here, not imported: no other device should depend on it.
  const koffi = createRequire(import.meta.url)('koffi') as typeof Koffi
  // Calls run on stacks of their own, and TensorFlow's graph passes go deep.
  koffi.config({ async_stack_size: 8 << 20, sync_stack_size: 8 << 20, resident_async_pools: 1 })
  keepFreedMemory(koffi)
  // A library that is loaded already is found by its name alone: so no search path must be set before the process starts.
  for (const file of cudaFiles(found)) canLoad(koffi, file)
  loadPythonFor(found, koffi)
  const keep = keeper(koffi)
  let openMp = false
  for (const file of needs) {
    keep(file)
    openMp ||= hasOpenMp(koffi.load(file))
  }
  // Left alone, Intel's build makes the backward primitives of oneDNN anew at each step: 2 to 4 % of one on small images.
  if (openMp) process.env['TF_MKL_OPTIMIZE_PRIMITIVE_MEMUSE'] ??= 'false'
  keep(path)
  const library = koffi.load(path)
  koffi.struct('TF_Output', { operation: 'void*', index: 'int' })
  const known = new Map<keyof typeof DECLARATIONS, Native>()
  // Looked up at the first call: what an older library lacks is missed only by those who need it.
  const native = (name: keyof typeof DECLARATIONS): Native => {
    const before = known.get(name)
    if (before) return before
    const declared = functionOf(library, DECLARATIONS[name], found.version)
    known.set(name, declared)
    return declared
  }
  return {
    call: (name, ...args) => native(name)(...args),
    callAsync: (name, ...args) =>
      new Promise((resolve, reject) => {
        native(name).async(...args, (error: unknown) => (error ? reject(error as Error) : resolve()))
      }),
    write: (pointer, data) =>
      koffi.encode(pointer, data instanceof Float32Array ? 'float' : 'int32_t', data, data.length),
    readFloats: (pointer, length) => koffi.decode(pointer, 'float', length) as Float32Array,
    readInts: (pointer, length) => koffi.decode(pointer, 'int32_t', length) as Int32Array,
    canLoad: (name) => canLoad(koffi, name),
    openMp,
  }
}

/** Functions are looked for in the libraries that a library needs, too. */
function hasOpenMp(library: Koffi.LibraryHandle): boolean {
  try {
    library.func('int omp_get_max_threads()')
    return true
  } catch {
    return false
  }
}

function functionOf(library: Koffi.LibraryHandle, declaration: string, version = 'of an unknown version'): Native {
  try {
    return library.func(declaration) as Native
  } catch {
    if (declaration === DECLARATIONS.version) throw new Error('it has no function TF_Version.')
    throw lacks(version, `the function ${/TF_\w+(?=\()/.exec(declaration)?.[0]}`)
  }
}

function canLoad(koffi: typeof Koffi, file: string): boolean {
  try {
    koffi.load(file)
    return true
  } catch {
    return false
  }
}

/** Where `dlopen` is, and its flags for a library that is never unloaded. */
const DLOPEN: Readonly<Record<string, { readonly library: string; readonly flags: number }>> = {
  linux: { library: 'libc.so.6', flags: 0x2 | 0x1000 },
  darwin: { library: 'libSystem.dylib', flags: 0x2 | 0x80 },
}

/** TensorFlow crashes when it is unloaded at the end of a process: a second, permanent hold on it prevents that. */
function keeper(koffi: typeof Koffi): (file: string) => void {
  const system = DLOPEN[process.platform]
  if (!system) return () => undefined
  try {
    const open = koffi.load(system.library).func('void* dlopen(const char* file, int flags)')
    return (file) => void open(file, system.flags)
  } catch {
    // A C library without dlopen: the process may end with a crash, after its work is done.
    return () => undefined
  }
}
