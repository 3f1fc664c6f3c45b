import { expect, it } from 'vitest'
import { emptyDocument } from '../../../src/shared/document/document.js'
import { parse, print } from '../../../src/shared/document/file.js'
import { AppError } from '../../../src/shared/errors.js'

const text = print(emptyDocument('Net'))

function messageOf(damaged: string): string {
  try {
    parse(damaged)
    return 'read'
  } catch (error) {
    return error instanceof AppError && error.hint !== '' ? `${error.code}: ${error.message}` : String(error)
  }
}

it('says what a text really is that is no document', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['', 'The file is empty.'],
    [' \r\n\t', 'The file is empty.'],
    ['\0'.repeat(4096), 'The file holds only zeros, as a power cut may leave it.'],
    [`<<<<<<< HEAD\n${text}=======\n${text}>>>>>>> other\n`, 'The file holds two versions: a merge was not finished.'],
    [text.replace('  "nodes"', '>>>>>>> other\n  "nodes"'), 'The file holds two versions: a merge was not finished.'],
    ['version https://git-lfs.github.com/spec/v1\n', 'The file is a Git LFS pointer, not the document.'],
    ['<!DOCTYPE html><html></html>', 'The file contains HTML markup.'],
    ['<?xml version="1.0"?><svg/>', 'The file contains XML markup.'],
    ['import torch\n', 'The file looks like Python source.'],
  ]
  expect(cases.map(([damaged]) => messageOf(damaged))).toEqual(cases.map(([, what]) => `document/not-json: ${what}`))
  console.log(`cases=${cases.length}`)
})

it('quotes no bytes of the file where it cannot tell', () => {
  const cases = ['\u001f\ufffd\b\0', 'PK\u0003\u0004', `${text.slice(0, 40)}`, '{"a": \u0001\u0002"']
  for (const damaged of cases)
    expect(messageOf(damaged)).toMatch(/^document\/not-json: The file is not JSON: [ -~]+\.$/)
  console.log(`cases=${cases.length}`)
})

it('reads a document with the mark that editors on Windows put first, and with their line ends', () => {
  expect(parse(`\ufeff${text.replaceAll('\n', '\r\n')}`)).toEqual(parse(text))
})
