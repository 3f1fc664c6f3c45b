import { chmod, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface FakePython {
  /** What `pip install` does, in the words of a shell: `$site` is the folder of packages. */
  readonly pip: string
  /** As it prints it when it is asked: major, minor, patch, and 1 for a Python with `venv`. */
  readonly version?: string
}

/** A Python, first on a path, that makes environments of itself; its pip tells its progress as a new one does. Returns its folder. */
export async function fakePython({ pip, version = '3 12 4 1' }: FakePython): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'netwright-python-'))
  const site = '"$(dirname "$0")/../lib/python3.12/site-packages"'
  const lines = [
    '#!/bin/sh',
    'case "$1 $2 $3" in',
    `  "-c print"*|"-c import importlib.util as u, sys"*) echo "netwright ${version}" ;;`,
    '  "-c "*) exit 1 ;;',
    '  "-m venv "*) mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;',
    '  "-m pip --version") echo "pip 26.0 from here" ;;',
    `  "-m pip "*) site=${site}; echo "pip $*"; ${pip} ;;`,
    'esac',
  ]
  const path = join(folder, 'python3')
  await writeFile(path, `${lines.join('\n')}\n`)
  await chmod(path, 0o755)
  return folder
}

/** Puts files where the package of TensorFlow has its library. */
export const GOOD =
  'mkdir -p "$site/tensorflow" "$site/tensorflow_cpu-2.21.0.dist-info";' +
  ' touch "$site/tensorflow/libtensorflow_cc.so.2" "$site/tensorflow/libtensorflow_framework.so.2"'

/** Prints what pip prints for a file of a thousand bytes, ten at a time. */
export const TICKS =
  'echo "Collecting tensorflow-cpu"; echo "  Downloading tensorflow_cpu-2.21.0-cp312-cp312-manylinux.whl (1000 bytes)";' +
  ' echo "Progress 0 of 1000"; echo "Progress 400 of 1000"; echo "Progress 1000 of 1000";' +
  ' echo "Installing collected packages: tensorflow-cpu"'
