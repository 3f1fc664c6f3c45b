import js from '@eslint/js'
import a11y from 'eslint-plugin-jsx-a11y'
import hooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'

const ban = (patterns) => ({ 'no-restricted-imports': ['error', { patterns }] })

const node = { regex: '^node:', message: 'src/shared runs in the window too: take what you need as an argument.' }
const electron = {
  regex: '^electron$',
  message: 'Only src/main/electron imports Electron; pass what you need through createServices(deps).',
}
const renderer = {
  regex: '/renderer/',
  message: 'The window is reached through Api and Events in src/shared/api.ts only.',
}
const main = {
  regex: '/main/',
  message: 'The main process is reached through Api and Events in src/shared/api.ts only.',
}
const react = {
  regex: '^(react|react-dom|zustand|@xyflow/.*|uplot)($|/)',
  message: 'Only src/renderer draws; return data from here.',
}
const native = {
  regex: '^(onnxruntime-node|onnxruntime-web|koffi|sharp)$',
  message:
    'Native libraries live in the trainer process: use src/main/engine, src/main/models/verify or src/main/data/image.ts.',
}
const canvas = {
  regex: '^@xyflow/',
  message: 'Only src/renderer/canvas imports the canvas library; use its components.',
}
const chart = { regex: '^uplot($|/)', message: 'Only src/renderer/charts imports the chart library; use <LineChart>.' }
const zod = { regex: '^zod$', message: "Import * as z from 'zod/mini': a quarter of the size in the window." }

export default tseslint.config(
  { ignores: ['out/**', 'dist/**', 'node_modules/**', '.venv*/**', 'test-results/**', 'resources/**'] },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        Buffer: 'readonly',
        setTimeout: 'readonly',
        performance: 'readonly',
      },
    },
  },
  {
    files: ['src/shared/**/*.ts'],
    rules: {
      ...ban([
        node,
        electron,
        react,
        native,
        zod,
        { ...main, regex: '(/main/|/renderer/)' },
        {
          regex: '^(@tensorflow/tfjs-core)',
          allowTypeImports: true,
          message: 'tfjs is handed in (c.tf); import its types only.',
        },
      ]),
    },
  },
  { files: ['src/main/**/*.ts'], rules: ban([electron, renderer, react, native, zod]) },
  { files: ['src/main/electron/**/*.ts'], rules: ban([renderer, react, native, zod]) },
  {
    files: ['src/main/engine/**/*.ts', 'src/main/models/verify*.ts', 'src/main/data/image.ts'],
    rules: ban([electron, renderer, react, zod]),
  },
  {
    files: ['src/main/{engine,trainer,data}/**/*.ts', 'src/shared/**/*.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        {
          object: 'Math',
          property: 'random',
          message: 'Random numbers are a function of (seed, purpose, step): use src/shared/random.ts.',
        },
      ],
    },
  },
  {
    files: ['src/renderer/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': hooks, 'jsx-a11y': a11y },
    rules: {
      ...hooks.configs.recommended.rules,
      ...a11y.flatConfigs.recommended.rules,
      ...ban([node, electron, main, native, canvas, chart, zod]),
      'no-restricted-syntax': [
        'error',
        { selector: 'JSXAttribute[name.name="dangerouslySetInnerHTML"]', message: 'Render text as React children.' },
      ],
    },
  },
  { files: ['src/renderer/canvas/**/*.{ts,tsx}'], rules: ban([node, electron, main, native, chart, zod]) },
  { files: ['src/renderer/charts/**/*.{ts,tsx}'], rules: ban([node, electron, main, native, canvas, zod]) },
)
