import type { EngineBuild, EngineFacts, EngineName, EngineStatus } from './engine.js'
import type { ErrorData } from './errors.js'
import type { MemoryEstimate } from './training/memory-need.js'
import type { DeviceName, TrainingSettings } from './training/settings.js'
import type { SkippedFile, TrainingEvent, ValidationEvent } from './training/events.js'

/** What the window says in About. */
export interface AppInfo {
  readonly version: string
  /** Which shell serves the window. */
  readonly shell: 'electron' | 'host'
  /** The folder that holds documents and runs, for display only. */
  readonly home: string
}

/** A file that the system asked to open, by a double click or an argument: its text, or why it cannot be read. */
export type OpenedFile =
  { readonly name: string; readonly text: string } | { readonly name: string; readonly error: ErrorData }

/** A document in the home folder. */
export interface DocumentEntry {
  readonly name: string
  /** ISO 8601. */
  readonly modified: string
}

/** An own block of the personal library. */
export interface LibraryBlock {
  readonly name: string
  readonly title: string
  readonly doc: string
  /** How many ports it has. */
  readonly inputs: number
  readonly outputs: number
  /** Names of its parameters. */
  readonly params: readonly string[]
}

/** One row of the browser for data files. */
export interface FileEntry {
  readonly name: string
  readonly kind: 'folder' | 'file'
}

/** What a data set holds, before anything is trained on it. */
export interface DataSummary {
  readonly spec: string
  readonly title: string
  readonly classes: readonly string[]
  /** `[height, width, channels]` of the images as stored; folders: of the first image. */
  readonly shape: readonly [number, number, number]
  readonly train: number
  readonly validation: number
  /** Images per class in the training part. */
  readonly perClass: readonly number[]
  readonly skipped: readonly SkippedFile[]
  /** A few training images for a preview grid: PNG as base64. */
  readonly samples: readonly { readonly label: number; readonly png: string }[]
}

/** The library that computes. */
export type DeviceRuntime = 'ONNX Runtime' | 'TensorFlow'

/** Something that nets can be trained on, whether it is there or not. */
export interface Device {
  readonly name: DeviceName
  readonly title: string
  readonly available: boolean
  /** What it is, or why it is not available. */
  readonly detail: string
  /** What would help, where it is not available. */
  readonly hint?: string
  /** Missing for `auto`. */
  readonly runtime?: DeviceRuntime
  /** Of the runtime's library. */
  readonly version?: string
  /** Bytes for nets, where the runtime tells. */
  readonly memory?: number
}

/** How fast a device trains a net, or why it cannot. */
export interface DeviceSpeed {
  readonly name: DeviceName
  readonly title: string
  /** Measured over about two seconds. */
  readonly imagesPerSecond?: number
  /** Why it was not measured, or why its result is not trusted. */
  readonly problem?: string
}

/** What `auto` is for a net, and why. */
export interface DeviceChoice {
  readonly device: DeviceName
  /** One line with the numbers that decided. */
  readonly reason: string
  /** Every device that was measured, the fastest first; empty if there was nothing to choose. */
  readonly speeds: readonly DeviceSpeed[]
}

/** What may be other when a run goes on. */
export type ResumeChange = Partial<Pick<TrainingSettings, 'device' | 'epochs' | 'learningRate'>>

/** `starting` until its first event, `stopping` until the step under way is made; the last three are ends. */
export type RunState = 'starting' | 'running' | 'stopping' | 'finished' | 'stopped' | 'failed'

/** A run as the list of runs shows it. */
export interface RunSummary {
  readonly id: string
  readonly name: string
  readonly state: RunState
  /** ISO 8601. */
  readonly started: string
  readonly settings: TrainingSettings
  readonly classes: readonly string[]
  /** Ids of the heads; the first is the main head. */
  readonly heads: readonly string[]
  readonly lastValidation?: ValidationEvent
  readonly error?: ErrorData
}

/** How well one head does on a whole part of the data; `loss` is the mean over its images, `accuracy` is 0 to 1. */
export interface HeadEvaluation {
  readonly loss: number
  readonly accuracy: number
  /** Of a head that answers with a number: its mean distance from the number of the class. */
  readonly error?: number
  /** `confusion[true class][predicted class]` = number of images. */
  readonly confusion: readonly (readonly number[])[]
}

/** How well each head of a run does, by the head’s id. */
export interface Evaluation {
  readonly images: number
  readonly classes: readonly string[]
  readonly heads: Readonly<Record<string, HeadEvaluation>>
}

/** By head one row per image: the probability of each class, or the one number that a regression head answers with. */
export interface Prediction {
  readonly classes: readonly string[]
  readonly heads: Readonly<Record<string, readonly (readonly number[])[]>>
}

/** Model files that are written: one ONNX file, or the folder of a LayersModel of TensorFlow.js. */
export type ExportFormat = 'onnx' | 'tfjs'
/** Whether a model file keeps every head, or the main one and what it needs. */
export type ExportHeads = 'all' | 'main'

/** A model file that was written, and how near its answers are to the trainer’s. */
export interface ExportReport {
  readonly format: ExportFormat
  /** Where it was written, for display. */
  readonly path: string
  readonly files: readonly { readonly name: string; readonly bytes: number }[]
  readonly heads: readonly string[]
  /** Layers that the file goes without: what only other heads need, and in ONNX dropout, which does nothing after training. */
  readonly dropped: readonly string[]
  /** What opened the written file for the comparison: `ONNX Runtime 1.30`, `TensorFlow.js 4.22`. */
  readonly judge: string
  /** Images in the comparison and the largest difference of any probability against the trainer's predict step. */
  readonly images: number
  readonly largestDifference: number
}

/** Every call a window, script or test can make; services implement it, every wire carries it. All arguments are plain data. */
export interface Api {
  readonly app: {
    info(): Promise<AppInfo>
    /** Files that the system asked to open since the last call, in their order; each is told once. */
    opened(): Promise<readonly OpenedFile[]>
  }
  readonly documents: {
    list(): Promise<readonly DocumentEntry[]>
    /** Text of a stored document; `file/not-found`. */
    read(name: string): Promise<{ readonly text: string; readonly modified: string }>
    /**
     * Store a document atomically. `expected` is the `modified` it had when it was read: if the file has another by now,
     * `file/changed` and nothing is written; leave it out to overwrite.
     */
    write(name: string, text: string, expected?: string): Promise<DocumentEntry>
    /** Texts of the documents that were unsaved when the app last ended, in the order of their tabs; `saved` in ISO 8601. */
    recovered(): Promise<{ readonly texts: readonly string[]; readonly saved: string } | undefined>
    /** Keep the unsaved work of all tabs in the place of what was kept; an empty list forgets it. */
    autosave(texts: readonly string[]): Promise<void>
  }
  /** The user's own blocks, for every document. */
  readonly library: {
    /** Blocks by name, and files that cannot be read with the reason. */
    list(): Promise<{
      readonly blocks: readonly LibraryBlock[]
      readonly damaged: readonly { readonly file: string; readonly reason: string }[]
    }>
    /** The file of a block with all that it needs; `file/not-found`. */
    read(name: string): Promise<{ readonly text: string }>
    /**
     * Keep the block of a file under its name; `document/…` if the text shares none, `file/exists` if another block of that name is
     * there, unless it is to be replaced.
     */
    write(text: string, replace?: boolean): Promise<LibraryBlock>
    /** `file/not-found` if there is none of the name. */
    remove(name: string): Promise<void>
  }
  readonly files: {
    /** Entries of a folder below the home folder of the user; `path` is relative, `''` is the top. */
    list(path: string): Promise<{ readonly path: string; readonly entries: readonly FileEntry[] }>
  }
  readonly data: {
    builtin(): Promise<readonly { readonly spec: string; readonly title: string; readonly detail: string }[]>
    /** `spec` as in `TrainingSettings.data`; a relative path is below the home folder of the user. */
    describe(spec: string, validationShare: number): Promise<DataSummary>
  }
  readonly devices: {
    /** Every device that this computer may have, each looked at in a process of its own. */
    list(): Promise<readonly Device[]>
    /** Train the net (its file text) for two seconds on every device, and choose; known results are not measured again. */
    measure(document: string, settings: TrainingSettings): Promise<DeviceChoice>
    /** What training the net (its file text) takes on its device at the peak, from its traced step and earlier runs of it. */
    memory(document: string, settings: TrainingSettings): Promise<MemoryEstimate>
  }
  /** TensorFlow, the fast engine, which Netwright can get by Python's pip. */
  readonly engine: {
    /** What of it is here, and what it would take to get it. */
    facts(): Promise<EngineFacts>
    status(): Promise<EngineStatus>
    /**
     * Begin to fetch it, in the place of what Netwright has installed of the same engine; how far it is and how it ends is told by
     * `engine.changed`. `engine/busy`, `run/busy`.
     */
    install(build: EngineBuild): Promise<void>
    /** Stop an installation, if one goes on; nothing of it is kept. */
    cancel(): Promise<void>
    /** Begin to remove an engine that Netwright has installed; `engine/busy`, `run/busy`. */
    remove(engine: EngineName): Promise<void>
  }
  readonly training: {
    /** Start a run of a document (its file text); `graph/has-errors` with issues, `run/busy`, `data/…`. Returns the run's id. */
    start(document: string, settings: TrainingSettings): Promise<{ readonly run: string }>
    /**
     * Ask a run to end after the current step, also one that another program trains; its weights are kept, and it can be resumed.
     * `run/not-found` if it is not training.
     */
    stop(run: string): Promise<void>
    /**
     * Go on with a run that was stopped, failed or cut off, from its last checkpoint, in the same folder; `run/over` if all its
     * steps are made, `run/damaged`, `run/busy`, `data/changed`.
     */
    resume(run: string, change: ResumeChange): Promise<void>
    /** Weigh the losses of the heads otherwise from the next step of a run on; heads left out keep their weights. */
    headWeights(run: string, weights: Readonly<Record<string, number>>): Promise<void>
  }
  readonly runs: {
    list(): Promise<readonly RunSummary[]>
    /** Events of a run from number `from` on (0-based); for a window that comes back. */
    history(run: string, from: number): Promise<{ readonly events: readonly TrainingEvent[]; readonly next: number }>
    /** The document the run trained, as file text. */
    document(run: string): Promise<{ readonly text: string }>
    evaluate(run: string, part: 'train' | 'validation'): Promise<Evaluation>
    /** Classify one image file given as base64. */
    predict(run: string, image: string): Promise<Prediction>
    remove(run: string): Promise<void>
  }
  readonly exports: {
    /** Write and verify a model file of a run. */
    write(run: string, format: ExportFormat, heads: ExportHeads): Promise<ExportReport>
    /** One file of the last export of this run and format, as base64, for a download in the browser. */
    read(run: string, format: ExportFormat, file: string): Promise<{ readonly base64: string }>
  }
}

/** Pushes from the services to every listener. */
export interface Events {
  /** New events of a run, at most 20 messages a second; `from` is the number of the first. */
  readonly 'training.events': { readonly run: string; readonly from: number; readonly events: readonly TrainingEvent[] }
  /** A run changed its state. */
  readonly 'runs.changed': RunSummary
  /** The engine's installation went on or ended; at most 10 messages a second. */
  readonly 'engine.changed': EngineStatus
  /** The system asks the window to take the files of `app.opened`, or to say what this is. */
  readonly 'app.asked': 'files' | 'about'
}

export type EventName = keyof Events

/** One end of a wire: Electron channel, WebSocket or memory. Messages are plain data. */
export interface Transport {
  send(message: unknown): void
  /** Returns the function that stops listening. */
  listen(listener: (message: unknown) => void): () => void
  /** Resolves when the wire is cut; missing where it never is. */
  readonly closed?: Promise<void>
}
