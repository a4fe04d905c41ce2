/** In the place of the compiled part of AWS's runtime client, which posts answers; preloaded with `node --require`. */
const Module = require('node:module');

const invocation = `http://${process.env.AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime/invocation`;
const headers = { 'content-type': 'application/json' };
const post = (path, body) => void fetch(invocation + path, { method: 'POST', headers, body });
const client = {
  done: (id, body) => post(`/${id}/response`, body),
  error: (id, body) => post(`/${id}/error`, body),
};

const load = Module._load;
Module._load = (request, ...rest) => (request === './rapid-client.node' ? client : load(request, ...rest));
