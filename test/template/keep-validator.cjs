/**
 * Loaded into osls before it starts: keeps the compiled code of the validator that osls generates from its configuration
 * schema, 8 MB of source, beside that source. Compiling it is 0.7 of the 3 CPU seconds of a run, and Node's own compile
 * cache keeps only what a module needs to load. The validator still runs each time.
 */
const { readFileSync, renameSync, writeFileSync } = require('node:fs');
const Module = require('node:module');
const { basename, dirname, join } = require('node:path');
const { Script } = require('node:vm');

const compile = Module.prototype._compile;

Module.prototype._compile = function (source, filename, ...rest) {
  const folder = process.env.SLS_SCHEMA_CACHE_BASE_DIR;
  if (folder === undefined || !filename.includes('[generated-ajv-validate]'))
    return compile.call(this, source, filename, ...rest);
  const kept = join(folder, `${basename(filename)}.code`);
  const cachedData = read(kept);
  const script = new Script(Module.wrap(source), { filename, cachedData });
  // At the end: by then the validator has run, so all that it needs is compiled.
  if (cachedData === undefined || script.cachedDataRejected)
    process.once('exit', () => write(kept, script.createCachedData()));
  script.runInThisContext()(this.exports, Module.createRequire(filename), this, filename, dirname(filename));
};

function read(path) {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

function write(path, code) {
  const part = `${path}.${process.pid}.part`;
  writeFileSync(part, code);
  renameSync(part, path);
}
