// Where ICU sees sentences begin: [[language, text], …] on standard input, lists of offsets in UTF-16 on standard output.
import { readFileSync } from 'node:fs'

const asked = JSON.parse(readFileSync(0, 'utf8'))
const starts = ([language, text]) =>
  [...new Intl.Segmenter(language, { granularity: 'sentence' }).segment(text)].map(({ index }) => index)
process.stdout.write(JSON.stringify(asked.map(starts)))
