/** Starts and stops HTTP servers that only this machine can reach. */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Another program already listens on `port`. */
export class PortTakenError extends Error {
  override name = 'PortTakenError';
  readonly port: number;
  constructor(port: number) {
    super(`Port ${port} is taken by another program`);
    this.port = port;
  }
}

/**
 * Listens on 127.0.0.1.
 * @param port 0 takes a free one
 * @returns the base URL without a trailing slash
 * @throws PortTakenError when another program has the port
 */
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

/** Stops a server and ends its open connections: a keep-alive client must not keep the process running. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
