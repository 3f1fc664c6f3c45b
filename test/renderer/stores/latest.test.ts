import { expect, it } from 'vitest'
import { createLatest } from '../../../src/renderer/stores/latest.js'
import { eventually } from '../../eventually.js'

function controlled() {
  const asked: string[] = []
  const answers: ((value: string | Error) => void)[] = []
  const latest = createLatest<string>((key) => {
    asked.push(key)
    return new Promise((resolve, reject) => {
      answers.push((value) => (value instanceof Error ? reject(value) : resolve(value)))
    })
  })
  const answer = (value: string | Error) => answers.shift()!(value)
  return { latest, asked, answer }
}

it('asks one question at a time, and of those that come meanwhile only the last', async () => {
  const { latest, asked, answer } = controlled()
  for (const key of ['a', 'b', 'c', 'd']) latest.want(key)
  expect(asked).toEqual(['a'])
  answer('A')
  await eventually(() => expect(asked).toEqual(['a', 'd']))
  expect(latest.store.getState()).toEqual({ key: 'a', entry: { state: 'ready', value: 'A' } })
  answer('D')
  await eventually(() => expect(latest.store.getState()).toEqual({ key: 'd', entry: { state: 'ready', value: 'D' } }))
  latest.want('d')
  expect(asked).toEqual(['a', 'd'])
})

it('asks nothing more when an edit is taken back meanwhile', async () => {
  const { latest, asked, answer } = controlled()
  for (const key of ['a', 'b', 'a']) latest.want(key)
  answer('A')
  await eventually(() => expect(latest.store.getState().key).toBe('a'))
  expect(asked).toEqual(['a'])
})

it('keeps a refusal as an answer, and asks again once it is to be forgotten', async () => {
  const { latest, asked, answer } = controlled()
  latest.want('a')
  answer(new Error('no'))
  await eventually(() => expect(latest.store.getState().entry).toMatchObject({ state: 'failed' }))
  latest.want('a')
  expect(asked).toEqual(['a'])
  latest.forget()
  expect(latest.store.getState()).toEqual({})
  latest.want('a')
  latest.forget()
  answer('old')
  await eventually(() => expect(asked).toEqual(['a', 'a', 'a']))
  answer('new')
  await eventually(() => expect(latest.store.getState().entry).toEqual({ state: 'ready', value: 'new' }))
})
