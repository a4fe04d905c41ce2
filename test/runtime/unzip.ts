/** Unpacks a zip as Lambda does, with nothing but zlib: the files that its directory names, stored or deflated. */
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { inflateRawSync } from 'node:zlib';

const endOfDirectory = 0x06054b50;
const storedMethod = 0;

/** @returns the names of the files, all of them at the top */
export function unzip(zipPath: string, folder: string): string[] {
  const zip = readFileSync(zipPath);
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || zip.readUInt32LE(end) !== endOfDirectory) throw new Error(`${zipPath} is no zip`);
  let entry = zip.readUInt32LE(end + 16);
  return Array.from({ length: zip.readUInt16LE(end + 10) }, () => {
    const nameBytes = zip.readUInt16LE(entry + 28);
    const name = basename(zip.toString('utf8', entry + 46, entry + 46 + nameBytes));
    const local = zip.readUInt32LE(entry + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const content = zip.subarray(start, start + zip.readUInt32LE(entry + 20));
    const isStored = zip.readUInt16LE(entry + 10) === storedMethod;
    writeFileSync(join(folder, name), isStored ? content : inflateRawSync(content));
    entry += 46 + nameBytes + zip.readUInt16LE(entry + 30) + zip.readUInt16LE(entry + 32);
    return name;
  });
}
