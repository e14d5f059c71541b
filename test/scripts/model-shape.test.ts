// The committed shape of a platform file is what its types say.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { modelShape } from '../../generator/model/model-shape.ts'
import { modelShapeSource, shapeFile } from '../../scripts/model-shape.ts'
import { projectRoot } from '../support/run-cli.ts'

test('is current: `npm run model:shape` writes it', { timeout: 120_000 }, async () => {
  expect(readFileSync(join(projectRoot, shapeFile), 'utf8')).toBe(await modelShapeSource())
})

test('knows every kind of component, and settings two levels down', () => {
  expect(Object.keys(modelShape.components)).toEqual([
    'cron-job',
    'migration',
    'postgres',
    'redis',
    'service',
    'worker',
  ])
  expect(modelShape.shapes['Autoscale']).toEqual({
    fields: { min: 'number', max: 'number', cpu: 'number', memory: 'number' },
    required: ['min', 'max'],
  })
})
