// Builds the front end: Tailwind → esbuild → ../static/build with hashed names, an icon sprite and manifest.json.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import * as esbuild from "esbuild";

import { ICONS } from "./icons.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../../../..");
const modules = join(root, "node_modules");
const place = join(here, "../static/build");
mkdirSync(dirname(place), { recursive: true }); // a fresh clone has no static folder
const out = mkdtempSync(join(here, "../static/.build-"));
const require = createRequire(import.meta.url);

function emit(name, content) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 8).toUpperCase();
  const dot = name.lastIndexOf(".");
  const file = `${name.slice(0, dot)}-${hash}${name.slice(dot)}`;
  writeFileSync(join(out, file), content);
  return file;
}

function buildIcons() {
  const symbols = ICONS.map((name) => {
    const svg = readFileSync(join(modules, "lucide-static/icons", `${name}.svg`), "utf8");
    const body = svg.replace(/<!--.*?-->/gs, "").replace(/<svg[^>]*>/s, "").replace("</svg>", "").replace(/\s+/g, " ");
    return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">${body.trim()}</symbol>`;
  });
  return emit("icons.svg", `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`);
}

function buildStyles() {
  const scratch = mkdtempSync(join(tmpdir(), "auramail-css-"));
  const file = join(scratch, "app.css");
  const command = join(dirname(require.resolve("@tailwindcss/cli/package.json")), "dist/index.mjs");
  execFileSync(process.execPath, [command, "--input", join(here, "css/app.css"), "--output", file], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
  });
  return { scratch, file };
}

async function bundle(entryPoints, options) {
  const result = await esbuild.build({
    entryPoints,
    outdir: out,
    bundle: true,
    minify: true,
    sourcemap: false,
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    assetNames: "[name]-[hash]",
    legalComments: "none",
    metafile: true,
    nodePaths: [modules],
    logLevel: "warning",
    ...options,
  });
  return Object.entries(result.metafile.outputs)
    .filter(([, output]) => output.entryPoint)
    .map(([path, output]) => [basename(output.entryPoint), basename(path)]);
}

const styles = buildStyles();
const manifest = Object.fromEntries([
  ["icons.svg", buildIcons()],
  ["logo.svg", emit("logo.svg", readFileSync(join(here, "images/logo.svg")))],
  ...(await bundle([styles.file], {
    loader: { ".woff2": "file" },
    publicPath: "/static/build",
  })),
  ...(await bundle([join(here, "js/app.js"), join(here, "js/docs.js")], {
    format: "esm",
    splitting: true,
    target: ["es2022"],
    publicPath: "/static/build",
  })),
  ["swagger-ui.css", emit("swagger-ui.css", readFileSync(join(modules, "swagger-ui-dist/swagger-ui.css")))],
  [
    "swagger-ui-bundle.js",
    emit("swagger-ui-bundle.js", readFileSync(join(modules, "swagger-ui-dist/swagger-ui-bundle.js"))),
  ],
]);
rmSync(styles.scratch, { recursive: true });
for (const font of ["DejaVuSans.ttf", "DejaVuSans-Bold.ttf"]) {
  cpSync(join(modules, "dejavu-fonts-ttf/ttf", font), join(out, font));
}
writeFileSync(join(out, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
chmodSync(out, 0o755);

// Swapped at the end, so that a server that is running misses its files for no longer than two renames take.
const old = `${out}-old`;
if (existsSync(place)) renameSync(place, old);
renameSync(out, place);
rmSync(old, { recursive: true, force: true });
