/** Starts and stops HTTP servers that only this machine can reach. */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A port that another program has; `port` says which. */
export class PortTakenError extends Error {
  override name = 'PortTakenError';
  port: number;
  constructor(port: number) {
    super(`Port ${port} is taken by another program`);
    this.port = port;
  }
}

/** Listens on 127.0.0.1 and resolves to the base URL, without a slash at its end; port 0 takes a free one. */
export function listenOnLoopback(server: Server, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new PortTakenError(port) : error);
    });
    server.listen(port, '127.0.0.1', () => {
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    });
  });
}

/** Ends open connections too: a keep-alive client must not hold the process. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
