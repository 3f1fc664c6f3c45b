import {
  ENGINE_TITLES,
  type EngineBuild,
  type EngineFacts,
  type EngineHere,
  type EngineOffer,
  type EngineWork,
  type InstallProgress,
  type InstallStep,
} from '../../../shared/engine.js'
import { bytesWords } from '../export/words.js'

export const STEP_WORDS: Readonly<Record<InstallStep, string>> = {
  environment: 'Make a Python environment',
  download: 'Fetch the packages',
  unpack: 'Unpack them',
}

export const BUILD_WORDS: Readonly<Record<EngineBuild, string>> = {
  processor: 'For the processor',
  cuda: 'For NVIDIA cards',
  openmp: 'For the processor, small images',
}

/** What is to be known before one takes it: the sizes, and what is special about the build. */
export function offerWords({ build, download, disk }: EngineOffer, nvidia: boolean): string {
  const sizes = `About ${bytesWords(download)} to fetch, ${bytesWords(disk)} on the disk.`
  if (build === 'cuda' && !nvidia) return `${sizes} No NVIDIA driver was found here.`
  if (build !== 'openmp') return sizes
  const speed = 'On few cores a tenth faster with small images, a tenth slower with nets of many branches.'
  return `Intel’s last build, of 2023, a device beside the usual one. ${speed} ${sizes} Apache 2.0, with LLVM’s OpenMP library, Apache 2.0 too.`
}

/** `tensorflow_cpu 2.21.0: 96 of 274 MB`; what of all files is there comes behind. */
export function fetchWords({ file, done = 0, total, received }: InstallProgress): string {
  if (file === undefined) return 'Asking the package index.'
  const size = total === undefined ? '' : `: ${bytesWords(done)} of ${bytesWords(total)}`
  return `${file}${size}. ${bytesWords(received)} so far.`
}

/** Share of the download that is there, as far as the size that was announced tells. */
export function fetchedShare({ step, received }: InstallProgress, offer: EngineOffer | undefined): number | undefined {
  if (step !== 'download' || offer === undefined) return undefined
  return Math.min(0.99, received / offer.download)
}

/** `Getting TensorFlow: 42 %`, in the row of the device. */
export function workWords(work: EngineWork, facts: EngineFacts | undefined): string | undefined {
  if (work.state === 'removing') return `Removing ${ENGINE_TITLES[work.engine]}.`
  if (work.state === 'failed') return 'TensorFlow could not be installed.'
  if (work.state !== 'installing') return undefined
  if (work.stopping) return 'Stopping the installation.'
  const { progress } = work
  const share = fetchedShare(
    progress,
    facts?.offers.find(({ build }) => build === work.build),
  )
  return share === undefined
    ? `Getting TensorFlow: ${STEP_WORDS[progress.step].toLowerCase()}.`
    : `Getting TensorFlow: ${Math.floor(100 * share)} %.`
}

/** `2.21.0, Netwright’s own, 1.4 GB`, or that there is none. */
export function libraryWords({ library, own }: EngineHere): string {
  if (!library) return 'not installed'
  const size = own ? [bytesWords(own.bytes)] : []
  return [...(library.version === undefined ? [] : [library.version]), library.source, ...size].join(', ')
}
