/**
 * Connects osls, which can run on an older Node, with the project's TypeScript, which needs Node 24. It gives
 * serverless.yml the variables `${stack:…}` from the checked stage file, and builds the functions before packaging.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { deploymentHooks } from './deployment/hooks.js';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Promises by stage, so that the stage file is read and checked only once for all variables. */
const compiledStages = new Map();

export default class StackPlugin {
  constructor(serverless, _options, { log }) {
    this.serverless = serverless;
    this.hooks = {
      ...deploymentHooks({ serverless, log, settings: () => this.deployment() }),
      initialize: () => this.dropFunctions(),
      // After osls has emptied `.serverless`, and before it looks for files to upload.
      'after:package:cleanup': () => this.build(),
    };
    this.configurationVariablesSources = {
      stack: { resolve: (request) => this.resolve(request) },
    };
  }

  async resolve({ address, resolveVariable }) {
    const stage = await resolveVariable('sls:stage');
    if (!compiledStages.has(stage)) compiledStages.set(stage, this.compile(stage));
    const { compiled, fault } = await compiledStages.get(stage);
    if (fault) return this.reportOnce(fault);
    return { value: (address ?? '').split('.').reduce((value, key) => value?.[key], compiled) };
  }

  /** The parts of the stage file that stack/deployment needs. */
  async deployment() {
    const stage = this.serverless.getProvider('aws').getStage();
    const { compiled } = await compiledStages.get(stage);
    return { stage, ...compiled.deployment };
  }

  /** serverless.yml cannot leave out a function, so it lists all of them. */
  async dropFunctions() {
    const { service } = this.serverless;
    const stage = this.serverless.getProvider('aws').getStage();
    const { compiled } = (await compiledStages.get(stage)) ?? {};
    if (!compiled) return;
    for (const name of Object.keys(service.functions))
      if (!compiled.functions.includes(name)) delete service.functions[name];
  }

  async compile(stage) {
    try {
      return { compiled: JSON.parse(await this.runScript('stack/compile.ts', stage)) };
    } catch (fault) {
      return { fault };
    }
  }

  /** osls lists every variable that fails; one error is enough to stop it and to give the reason. */
  reportOnce(fault) {
    if (this.isReported) return { value: '' };
    this.isReported = true;
    throw fault;
  }

  async build() {
    // osls detects a changed function only by a changed zip in this folder.
    const stage = this.serverless.getProvider('aws').getStage();
    const table = await this.runScript(
      'scripts/build.ts',
      `${this.serverless.serviceDir}/.serverless`,
      stage,
    );
    this.serverless.cli.log?.(table);
  }

  async runScript(...args) {
    try {
      const { stdout } = await promisify(execFile)(lambdaNode(), args, { cwd: root, maxBuffer: 2 ** 24 });
      return stdout;
    } catch (error) {
      throw new this.serverless.classes.Error(error.stderr?.trim() || error.message);
    }
  }
}

/** @returns the path of Node 24, Lambda's version, which `npm install` puts next to the other tools */
function lambdaNode() {
  const installed = `${root}node_modules/.bin/node`;
  if (existsSync(installed)) return installed;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  throw new Error('Node 24 is missing: run "npm install" in the folder of the project');
}
