import { createInterface } from 'node:readline'

/** Says how many weights are trained; then for each number on standard input the times in ms of so many steps. */
export async function answers(trainable: number, take: (steps: number) => Promise<readonly number[]>): Promise<void> {
  console.log(JSON.stringify({ trainable }))
  for await (const line of createInterface({ input: process.stdin })) {
    console.log(JSON.stringify({ times: await take(Number(line)) }))
  }
}

/** The times in ms of so many calls, one after the other. */
export async function timesOf(steps: number, step: () => Promise<unknown>): Promise<readonly number[]> {
  const times: number[] = []
  for (let i = 0; i < steps; i++) {
    const begin = performance.now()
    await step()
    times.push(performance.now() - begin)
  }
  return times
}
