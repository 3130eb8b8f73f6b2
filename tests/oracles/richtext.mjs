// What Bluesky's own library makes of texts: the judge of what amplify measures and marks.
//   node tests/oracles/richtext.mjs .venv/pds < texts.json
// Each entry is `{text, facets}`; said of each: its length, what is found in it, and how the facets cut it into pieces.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";

const { RichText } = createRequire(resolve(process.argv[2], "package.json"))("@atproto/api");

const value = (feature) => feature.tag ?? feature.uri ?? feature.did;

function found(text) {
  const rich = new RichText({ text });
  rich.detectFacetsWithoutResolution();
  return (rich.facets ?? []).flatMap(({ index, features }) =>
    features.map((one) => [one.$type.split("#")[1], index.byteStart, index.byteEnd, value(one)]),
  );
}

function said({ text, facets = [] }) {
  const rich = new RichText({ text, facets });
  const pieces = [...rich.segments()].map((piece) => [piece.text, (piece.facet?.features ?? []).map(value)]);
  return { text: rich.text, graphemes: rich.graphemeLength, bytes: rich.length, found: found(text), pieces };
}

console.log(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(said)));
