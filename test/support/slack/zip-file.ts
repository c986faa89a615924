import { crc32, deflateRawSync } from "node:zlib";

/** One file of an archive as a test wants it. */
export interface ZipPart {
  readonly name: string;
  readonly text: string;
  /** Says so in the directory, whatever the bytes are. */
  readonly claimedSize?: number;
  readonly encrypted?: boolean;
}

/** A zip archive; its files are stored as they are, but for those that lie about themselves. */
export function zipOf(parts: readonly ZipPart[]): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, text, claimedSize, encrypted = false } of parts) {
    const plain = Buffer.from(text, "utf8");
    const packed = encrypted || claimedSize !== undefined;
    const bytes = packed ? deflateRawSync(plain) : plain;
    const label = Buffer.from(name, "utf8");
    const flags = 0x0800 | (encrypted ? 1 : 0);
    const sum = crc32(plain);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(20, 4);
    local.writeUInt16LE(flags, 6);
    local.writeUInt32LE(sum, 14);
    local.writeUInt32LE(bytes.length, 18);
    local.writeUInt16LE(packed ? 8 : 0, 8);
    local.writeUInt32LE(plain.length, 22);
    local.writeUInt16LE(label.length, 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(20, 4);
    central.writeUInt16LE(20, 6);
    central.writeUInt16LE(flags, 8);
    central.writeUInt32LE(sum, 16);
    central.writeUInt32LE(bytes.length, 20);
    central.writeUInt16LE(packed ? 8 : 0, 10);
    central.writeUInt32LE(claimedSize ?? plain.length, 24);
    central.writeUInt16LE(label.length, 28);
    central.writeUInt32LE(offset, 42);
    bodies.push(local, label, bytes);
    directory.push(central, label);
    offset += 30 + label.length + bytes.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, list, end]);
}
