import { spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readEvents, readRecord, RUN_FILES } from '../../../src/main/trainer/run/runfolder.js'
import { built } from '../../built.js'
import { comparable } from '../trainer/comparable.js'
import { tinyData, tinyDocument } from '../trainer/tiny.js'

const canMount = spawnSync('unshare', ['-rm', 'sh', '-c', 'mount -t tmpfs tmpfs /mnt']).status === 0
if (!canMount) console.warn('SKIPPED: tests of a full and a read-only disk. Nothing can be mounted here.')

/** A disk of 120 kB that a run fills, then has room again, and then may only be read; the answers of each command go to $OUT. */
const SCRIPT = `
mount -t tmpfs -o size=120k tmpfs "$DISK"
run() { name=$1; shift; "$NODE" "$CLI" "$@" --json >"$OUT/$name.out" 2>"$OUT/$name.err"; echo $? >"$OUT/$name.code"; }
new() { name=$1; shift; run $name train "$NET" --data "$DATA" --device onnx-cpu --batch 8 --no-augment --checkpoint-every 2 "$@"; }
new full --epochs 1000000 --out "$DISK/run"
run still resume "$DISK/run"
mount -o remount,size=64m "$DISK"
steps=$("$NODE" -p 'JSON.parse(require("fs").readFileSync(process.env.DISK + "/run/run.json")).step')
run more resume "$DISK/run" --epochs $((steps / 3 + 4))
new whole --epochs $((steps / 3 + 4)) --out "$DISK/whole"
cp -r "$DISK/run" "$DISK/whole" "$OUT"
mount -o remount,ro "$DISK"
new locked --epochs 1 --out "$DISK/other"
new home --epochs 1
run again resume "$DISK/run" --epochs 1000000
`

let top: string
beforeAll(async () => {
  top = await mkdtemp(join(tmpdir(), 'netwright-disk-'))
})
afterAll(() => rm(top, { recursive: true }))

it.skipIf(!canMount)('a disk that is full, or may only be read, costs a run nothing but time', async () => {
  const [DISK, OUT, NET] = [join(top, 'disk'), join(top, 'out'), join(top, 'net.json')]
  await mkdir(DISK)
  await mkdir(OUT)
  await writeFile(NET, tinyDocument())
  const own = { DISK, OUT, NET, DATA: await tinyData(), NODE: process.execPath, CLI: join(built(), 'main', 'cli.js') }
  spawnSync('unshare', ['-rm', 'sh', '-c', SCRIPT], { env: { ...process.env, ...own, NETWRIGHT_HOME: DISK } })

  const answer = async (name: string) => {
    const [code, out] = [
      await readFile(join(OUT, `${name}.code`), 'utf8'),
      await readFile(join(OUT, `${name}.out`), 'utf8'),
    ]
    const last = JSON.parse(out.trimEnd().split('\n').at(-1)!) as { type?: string; error?: { code: string } }
    return [Number(code), last.error?.code ?? last.type]
  }
  expect(await answer('full')).toEqual([1, 'disk/full'])
  expect(await answer('still')).toEqual([1, 'disk/full'])
  expect(await answer('more')).toEqual([0, 'end'])
  const [run, whole] = [join(OUT, 'run'), join(OUT, 'whole')]
  const { step } = await readRecord(run)
  expect(await readRecord(run)).toMatchObject({ state: 'finished', step: (await readRecord(whole)).step })
  expect(comparable(await readEvents(run))).toEqual(comparable(await readEvents(whole)))
  const weights = async (folder: string) => (await readFile(join(folder, RUN_FILES.weights))).toString('base64')
  expect((await weights(run)) === (await weights(whole))).toBe(true)
  for (const name of ['locked', 'home', 'again']) expect(await answer(name)).toEqual([1, 'disk/failed'])
  console.log(`cases=6 steps=${step}`)
})
