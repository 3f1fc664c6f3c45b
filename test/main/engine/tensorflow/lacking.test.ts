import { expect, it } from 'vitest'
import { openCApi } from '../../../../src/main/engine/tensorflow/c-api.js'
import { graphDefBytes } from '../../../../src/main/engine/tensorflow/graph-def.js'
import { requireTensorFlow } from '../../../../src/main/engine/tensorflow/library.js'
import { TfSession } from '../../../../src/main/engine/tensorflow/session.js'
import { hasTensorFlow } from '../runtimes.js'

it.skipIf(!hasTensorFlow)('an operation that a library lacks is named with the version of the library', () => {
  const api = openCApi(requireTensorFlow('tensorflow'))
  const session = new TfSession(api, { gpu: false })
  const bytes = graphDefBytes([{ name: 'a', op: 'Convolve9D', inputs: [], attributes: {} }])
  const error = {
    code: 'engine/unsupported',
    message: `TensorFlow ${api.call('version') as string} lacks the operation Convolve9D, which is needed here.`,
  }
  expect(() => session.add(bytes)).toThrowError(expect.objectContaining(error))
  session.dispose()
})
