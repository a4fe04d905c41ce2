/** Stands where a PostgreSQL server would: records what a client sends, and asks for the password in clear text. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TLSSocket } from 'node:tls';

export interface Certificate {
  readonly file: string;
  readonly key: string;
  readonly cert: string;
  remove(): void;
}

/** @param name as in `IP:127.0.0.1` or `DNS:localhost` */
export function makeCertificate(name: string): Certificate {
  const folder = mkdtempSync(join(tmpdir(), 'postgres-double-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const args = `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=test -addext subjectAltName=${name}`;
  execFileSync('openssl', [...args.split(' '), '-keyout', key, '-out', cert], { stdio: 'pipe' });
  return {
    file: cert,
    key: readFileSync(key, 'utf8'),
    cert: readFileSync(cert, 'utf8'),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

/** https://www.postgresql.org/docs/current/protocol-message-formats.html */
const sslRequestCode = 80_877_103;
const startupCode = 196_608;
const cleartextPassword = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 3]);
const refusal = Buffer.from('E\0\0\0\x2aSFATAL\0VFATAL\0C28P01\0Mno: s3cret canary\0\0', 'latin1');

/** @param certificate undefined: the server offers no TLS */
export async function startPostgresDouble(certificate?: Certificate) {
  /** What arrived in the clear, and inside TLS. */
  const heard = { clear: Buffer.alloc(0), tls: Buffer.alloc(0) };
  const sockets = new Set<Socket>();

  const answer = (socket: Socket, bytes: Buffer): void => {
    if (bytes.length >= 8 && bytes.readInt32BE(4) === startupCode) socket.write(cleartextPassword);
    else if (bytes[0] === 0x70) socket.end(refusal);
  };
  const upgrade = ({ key, cert }: Certificate, socket: Socket): void => {
    const secure = new TLSSocket(socket, { isServer: true, key, cert });
    secure.on('error', () => undefined);
    secure.on('data', (bytes: Buffer) => {
      heard.tls = Buffer.concat([heard.tls, bytes]);
      answer(secure, bytes);
    });
  };
  const acceptTls = (socket: Socket, onClear: (bytes: Buffer) => void): void => {
    socket.write(certificate === undefined ? 'N' : 'S');
    if (certificate === undefined) return;
    socket.off('data', onClear);
    upgrade(certificate, socket);
  };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    const onClear = (bytes: Buffer): void => {
      heard.clear = Buffer.concat([heard.clear, bytes]);
      const isSslRequest = bytes.length === 8 && bytes.readInt32BE(4) === sslRequestCode;
      if (!isSslRequest) answer(socket, bytes);
      else acceptTls(socket, onClear);
    };
    socket.on('data', onClear);
  });
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    heard,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
