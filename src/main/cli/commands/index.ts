import type { Command } from '../command.js'
import { blocks } from './blocks.js'
import { check } from './check.js'
import { compare } from './compare.js'
import { devices } from './devices.js'
import { engine } from './engine.js'
import { evaluate } from './evaluate.js'
import { exportModel } from './export.js'
import { fix } from './fix.js'
import { newDocument } from './new.js'
import { predict } from './predict.js'
import { probe } from './probe.js'
import { resume } from './resume.js'
import { serve } from './serve.js'
import { stop } from './stop.js'
import { templates } from './templates.js'
import { train } from './train.js'
import { worker } from './worker.js'

/** Every command, in the order of `--help`. A new one is one file and one line here. */
export const COMMANDS: readonly Command[] = [
  templates,
  newDocument,
  blocks,
  check,
  fix,
  compare,
  train,
  stop,
  resume,
  probe,
  evaluate,
  predict,
  exportModel,
  devices,
  engine,
  worker,
  serve,
]
