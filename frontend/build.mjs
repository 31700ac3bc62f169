// npm run build: one minified module, and the licences of everything inside it, into the desk's static files.
import { build } from "esbuild";
import { readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

const vendor = new URL("../src/sereno/desk/static/vendor/", import.meta.url).pathname;
const made = await build({
  entryPoints: ["codemirror-yaml.js"],
  outfile: join(vendor, "codemirror-yaml.min.js"),
  bundle: true, minify: true, format: "esm", target: "es2022", metafile: true, legalComments: "none", charset: "utf8",
  banner: { js: "/* CodeMirror 6 and what it stands on, MIT; licences in codemirror-yaml.LICENSE.txt; recipe in frontend/ */" },
});

const packages = new Set();
for (const input of Object.keys(made.metafile.inputs)) {
  const found = input.match(/node_modules\/((?:@[^/]+\/)?[^/]+)\//);
  if (found) packages.add(found[1]);
}
const texts = [];
for (const name of [...packages].sort()) {
  const folder = join("node_modules", name);
  const { version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
  if (!file) throw new Error(`${name} ${version} comes without a licence text (${license}); it may not be shipped`);
  texts.push(`${name} ${version}\n\n${(await readFile(join(folder, file), "utf8")).trim()}\n`);
}
await writeFile(join(vendor, "codemirror-yaml.LICENSE.txt"), texts.join(`\n${"-".repeat(80)}\n\n`));
console.log([...packages].sort().join(", "));
